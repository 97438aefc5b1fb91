/** Whether `dist/` holds what the TypeScript sources say, and building it. */

import * as fs from 'node:fs'
import { join } from 'node:path'

import { bundleApp } from './bundle.mjs'
import { repoPath } from './paths.mjs'
import { run } from './run.mjs'

/**
 * Written after a build without errors. tsc's own `.tsbuildinfo` will not do: it is written
 * after a build with errors too, and not at all after one that changed nothing.
 */
const STAMP = repoPath('dist/.built')

/** @returns {{ count: number, newestMs: number }} of the sources and of what turns them into `dist/` */
function sources() {
  let count = 0
  let newestMs = 0
  /** @param {string} file */
  const see = (file) => {
    count += 1
    newestMs = Math.max(newestMs, fs.statSync(file).mtimeMs)
  }
  see(repoPath('tsconfig.json'))
  see(repoPath('electron/tsconfig.build.json'))
  see(repoPath('electron/setup/bundle.mjs'))
  /** @param {string} folder */
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (entry.name.endsWith('.ts')) see(path)
    }
  }
  walk(repoPath('electron'))
  return { count, newestMs }
}

/** A few milliseconds: it looks at times and counts files, and reads none. */
export function isBuilt() {
  if (!fs.existsSync(STAMP)) return false
  const { count, newestMs } = sources()
  // A source that was deleted leaves no newer file behind: the count gives it away.
  return fs.statSync(STAMP).mtimeMs >= newestMs && fs.readFileSync(STAMP, 'utf8') === `${count}`
}

export function canBuild() {
  return fs.existsSync(repoPath('node_modules/typescript/bin/tsc'))
}

/** @returns {Promise<void>} rejected with a `SetupError` when a source has a type error */
export async function build() {
  const { count } = sources()
  const startedAt = new Date()
  if (fs.existsSync(STAMP) && Number(fs.readFileSync(STAMP, 'utf8')) > count) removeOutput()
  await run({
    program: process.execPath,
    args: [repoPath('node_modules/typescript/bin/tsc'), '-p', 'electron/tsconfig.build.json'],
    log: 'build',
    doing: 'building dist/ from the TypeScript sources',
  })
  await bundleApp()
  fs.writeFileSync(STAMP, `${count}`)
  // An edit during the build is newer than the stamp, and built next time.
  fs.utimesSync(STAMP, startedAt, startedAt)
}

/** Drops what was built from sources that are gone; the screen is built by another tool. */
function removeOutput() {
  for (const name of fs.readdirSync(repoPath('dist'))) {
    if (name !== 'renderer') fs.rmSync(repoPath(`dist/${name}`), { recursive: true, force: true })
  }
}
