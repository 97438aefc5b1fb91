/** Tells a person what the set-up does and how long it takes. */

import { performance } from 'node:perf_hooks'
import { clearInterval, setInterval } from 'node:timers'

import { spoken } from './words.mjs'

/** On a log file a line now and then, on a terminal one line that changes. */
const QUIET_INTERVAL_MS = 20_000
const TERMINAL_INTERVAL_MS = 500

/**
 * @typedef {object} Progress
 * @property {(detail: string) => void} update what is going on now, shown with the elapsed time
 */

/**
 * Runs one step under a title; prints how long it took.
 *
 * @param {string} title
 * @param {(progress: Progress) => Promise<void>} work
 * @param {NodeJS.WriteStream} [out]
 */
export async function step(title, work, out = process.stderr) {
  const started = performance.now()
  const elapsed = () => spoken(performance.now() - started)
  let detail = ''
  out.write(`• ${title}\n`)
  const show = () => {
    const text = `  ${elapsed()}${detail && ` · ${detail}`}`
    if (out.isTTY) out.write(`\r\u001B[2K${text}`)
    else out.write(`${text}\n`)
  }
  const timer = setInterval(show, out.isTTY ? TERMINAL_INTERVAL_MS : QUIET_INTERVAL_MS)
  const clear = () => {
    clearInterval(timer)
    if (out.isTTY) out.write('\r\u001B[2K')
  }
  try {
    await work({ update: (text) => (detail = text) })
    clear()
    out.write(`  done in ${elapsed()}\n`)
  } catch (error) {
    clear()
    out.write(`  failed after ${elapsed()}\n`)
    throw error
  }
}
