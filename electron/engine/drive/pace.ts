import type { Millis } from '../../core/frame.ts'

/**
 * Holds a recorded drive to its own clock, or to a multiple of it. Pure: the caller passes the
 * machine's time in and does the waiting.
 */
export class Pace {
  #rate = 1
  #anchor: { readonly atMs: Millis; readonly tMs: Millis } | undefined
  #nextMs: Millis = 0

  get rate(): number {
    return this.#rate
  }

  /** @returns how long until the frame of time `tMs` is due; not positive when it is late */
  waitMs(tMs: Millis, nowMs: Millis): Millis {
    this.#anchor ??= { atMs: nowMs, tMs }
    this.#nextMs = tMs
    return this.#anchor.atMs + (tMs - this.#anchor.tMs) / this.#rate - nowMs
  }

  setRate(rate: number, nowMs: Millis): void {
    if (this.#anchor !== undefined) {
      const { atMs, tMs } = this.#anchor
      // Not from where a machine that was too slow should have been: it would race to get there.
      const reachedMs = Math.min(tMs + (nowMs - atMs) * this.#rate, this.#nextMs)
      this.#anchor = { atMs: nowMs, tMs: reachedMs }
    }
    this.#rate = rate
  }

  /** The source's clock starts again, or stood still: the next frame is due when it comes. */
  restart(): void {
    this.#anchor = undefined
  }
}
