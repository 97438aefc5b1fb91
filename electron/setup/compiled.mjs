/** Native code that was compiled here and is kept for when npm empties node_modules. */

import * as fs from 'node:fs'
import { dirname, join } from 'node:path'

/** What it was made for: a file beside it. */
const MADE_FOR = 'roadward.json'

/** @typedef {{ key: string, libraries: string[] }} MadeFor */

/**
 * @param {string} file
 * @param {string} key what it depends on: another one asks for a compile
 * @returns {boolean} whether it is there, made for that, and what it was linked with too
 */
export function isUsable(file, key) {
  const note = join(dirname(file), MADE_FOR)
  if (!fs.existsSync(file) || !fs.existsSync(note)) return false
  const madeFor = /** @type {MadeFor} */ (JSON.parse(fs.readFileSync(note, 'utf8')))
  return madeFor.key === key && madeFor.libraries.every((library) => fs.existsSync(library))
}

/**
 * @param {string} file
 * @param {MadeFor} madeFor
 */
export function note(file, madeFor) {
  fs.writeFileSync(join(dirname(file), MADE_FOR), JSON.stringify(madeFor))
}

/**
 * @param {string} kept
 * @param {string} place where its package looks for it
 */
export function install(kept, place) {
  fs.mkdirSync(dirname(place), { recursive: true })
  // Onto a new file: overwriting one that a running Roadward has mapped would crash it.
  fs.copyFileSync(kept, `${place}.new`)
  fs.renameSync(`${place}.new`, place)
  fs.copyFileSync(join(dirname(kept), MADE_FOR), join(dirname(place), MADE_FOR))
}
