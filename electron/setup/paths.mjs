/** Where things are in the repository. */

import { fileURLToPath } from 'node:url'

/** @param {string} path relative to the top of the repository */
export function repoPath(path) {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}

/** The compiled binding, where the package itself looks for it. */
export const BINDING = repoPath('node_modules/@u4/opencv4nodejs/build/Release/opencv4nodejs.node')

/** Keeps what was compiled, for when npm empties node_modules. */
export const BUILD_FOLDER = repoPath('.cache/native')

/** The compiled database, where its package looks for it, and what is kept of it. */
export const DATABASE = repoPath('node_modules/better-sqlite3/build/Release/better_sqlite3.node')
export const DATABASE_FOLDER = repoPath('.cache/sqlite')
