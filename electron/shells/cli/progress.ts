import process from 'node:process'
import { SingleBar } from 'cli-progress'

/** A bar on a terminal's standard error, and nothing elsewhere; `stop` ends it. */
export function pictureBar(total: number, done = 0): SingleBar {
  const bar = new SingleBar({
    format: '{bar} {value}/{total} pictures, {eta_formatted} left',
    stream: process.stderr,
    noTTYOutput: false,
    etaBuffer: 200,
  })
  bar.start(total, done)
  return bar
}
