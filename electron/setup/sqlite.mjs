/**
 * Compiles the database of recorded drives (better-sqlite3 with the SQLite that it brings) for
 * this Node, and keeps it. Its package would download a binary instead.
 */

import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'

import { install, isUsable, note } from './compiled.mjs'
import { nodeHeaderFolder } from './nodeHeaders.mjs'
import { DATABASE, DATABASE_FOLDER, repoPath } from './paths.mjs'
import { sqliteGyp } from './recipe.mjs'
import { run } from './run.mjs'

const PACKAGE = repoPath('node_modules/better-sqlite3')
const KEPT = join(DATABASE_FOLDER, 'build/Release/better_sqlite3.node')
/** Holds the key for which compiling failed. */
const GIVEN_UP = join(DATABASE_FOLDER, 'given-up')

/** What a compiled database depends on: another one asks for a compile. */
function currentKey() {
  const { optionalDependencies } = JSON.parse(fs.readFileSync(repoPath('package.json'), 'utf8'))
  const recipe = createHash('sha256').update(JSON.stringify(sqliteGyp())).digest('hex')
  const version = optionalDependencies['better-sqlite3']
  const { platform, arch, versions } = process
  return [version, platform, arch, versions.modules, recipe.slice(0, 12)].join(' ')
}

export function isDatabaseInstalled() {
  return isUsable(DATABASE, currentKey())
}

export function isDatabaseKept() {
  return isUsable(KEPT, currentKey())
}

export function isDatabaseGivenUp() {
  return fs.existsSync(GIVEN_UP) && fs.readFileSync(GIVEN_UP, 'utf8') === currentKey()
}

/** Compiling it is not tried at every start. */
export function giveUpDatabase() {
  fs.mkdirSync(DATABASE_FOLDER, { recursive: true })
  fs.writeFileSync(GIVEN_UP, currentKey())
}

/** Somebody asked for it. */
export function tryDatabaseAgain() {
  fs.rmSync(GIVEN_UP, { force: true })
}

/** Puts the kept database where its package looks for it. */
export function installKeptDatabase() {
  install(KEPT, DATABASE)
}

/** @param {import('./progress.mjs').Progress} progress */
export async function compileDatabase(progress) {
  fs.rmSync(join(DATABASE_FOLDER, 'build'), { recursive: true, force: true })
  fs.mkdirSync(DATABASE_FOLDER, { recursive: true })
  for (const folder of ['deps', 'src']) {
    // gyp wants its sources below its own folder.
    fs.rmSync(join(DATABASE_FOLDER, folder), { recursive: true, force: true })
    fs.symlinkSync(join(PACKAGE, folder), join(DATABASE_FOLDER, folder), 'junction')
  }
  fs.writeFileSync(join(DATABASE_FOLDER, 'binding.gyp'), JSON.stringify(sqliteGyp(), undefined, 2))
  const headers = nodeHeaderFolder()
  progress.update('about half a minute')
  await run({
    program: process.execPath,
    args: [
      repoPath('node_modules/node-gyp/bin/node-gyp.js'),
      ...['configure', 'build', '--jobs', '2'],
      ...(headers === undefined ? [] : ['--nodedir', headers]),
    ],
    cwd: DATABASE_FOLDER,
    log: 'sqlite',
    doing: 'compiling the database of recorded drives',
    needs: "the download of Node's headers",
  })
  progress.update('trying it')
  const open = `new (require(${JSON.stringify(PACKAGE)}))(':memory:', { nativeBinding: ${JSON.stringify(KEPT)} })`
  await run({
    program: process.execPath,
    args: ['-e', open],
    log: 'sqlite-load',
    doing: 'loading the database that was just compiled',
  })
  note(KEPT, { key: currentKey(), libraries: [] })
  installKeptDatabase()
}
