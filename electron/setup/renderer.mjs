/** Whether `dist/renderer/` holds the screen that the sources describe, and building it. */

import * as fs from 'node:fs'
import { join } from 'node:path'

import { repoPath } from './paths.mjs'
import { run } from './run.mjs'

/** Written after a build without errors; as in `built.mjs`. */
const STAMP = repoPath('dist/.renderer')

/** What the screen is made of: it sees the core and the contract, and nothing else of the engine. */
const FOLDERS = ['renderer', 'electron/core', 'electron/contract']

/** @returns {{ count: number, newestMs: number }} of the sources and the settings of the build */
function sources() {
  const files = FOLDERS.flatMap((folder) =>
    fs
      .readdirSync(repoPath(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  files.push(repoPath('.config/vite.config.js'))
  return {
    count: files.length,
    newestMs: Math.max(...files.map((file) => fs.statSync(file).mtimeMs)),
  }
}

export function isRendererBuilt() {
  if (!fs.existsSync(STAMP) || !fs.existsSync(repoPath('dist/renderer/index.html'))) return false
  const { count, newestMs } = sources()
  return fs.statSync(STAMP).mtimeMs >= newestMs && fs.readFileSync(STAMP, 'utf8') === `${count}`
}

export function canBuildRenderer() {
  return fs.existsSync(repoPath('node_modules/vite/bin/vite.js'))
}

/** @returns {Promise<void>} rejected with a `SetupError` when the build fails */
export async function buildRenderer() {
  const { count } = sources()
  const startedAt = new Date()
  // Built beside and swapped in: nobody is served half a screen, and two builds do not collide.
  const fresh = repoPath(`dist/renderer-${process.pid}`)
  await run({
    program: process.execPath,
    args: [
      repoPath('node_modules/vite/bin/vite.js'),
      'build',
      ...['--config', repoPath('.config/vite.config.js')],
      ...['--outDir', fresh],
      '--emptyOutDir',
    ],
    log: 'renderer',
    doing: 'building the screen',
  })
  fs.rmSync(repoPath('dist/renderer'), { recursive: true, force: true })
  fs.renameSync(fresh, repoPath('dist/renderer'))
  fs.writeFileSync(STAMP, `${count}`)
  fs.utimesSync(STAMP, startedAt, startedAt)
}
