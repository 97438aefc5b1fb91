import { Counts } from './counts.ts'
import type { Millis } from '../frame.ts'

/** Width of one histogram bin: fine enough for a 20 ms frame, coarse enough to stay small. */
const BIN_MS = 0.1
/** Longer samples share the last bin; ten seconds is no longer real time in any preset. */
const MAX_MS = 10_000

/** Percentiles of any number of durations in bounded memory, exact to 0.1 ms. */
export class LatencyHistogram {
  readonly #bins = new Counts()
  #count = 0

  add(ms: Millis): void {
    this.#bins.add(Math.round(Math.min(MAX_MS, Math.max(0, ms)) / BIN_MS))
    this.#count += 1
  }

  /**
   * @param share 0 to 1, for example 0.95
   * @returns milliseconds rounded to 0.1; undefined before the first sample
   */
  percentile(share: number): Millis | undefined {
    if (this.#count === 0) return undefined
    const wanted = Math.max(1, Math.ceil(share * this.#count))
    let seen = 0
    let index = -1
    while (seen < wanted) {
      index += 1
      seen += this.#bins.get(index)
    }
    return Math.round(index * BIN_MS * 10) / 10
  }
}
