import type { Frame, Millis } from '../../core/frame.ts'

/** The monitor calls the view frozen by then (`presets/filter.ts`, `frozenAfterMs`). */
const FIRST_MS: Millis = 5000

/** A picture that stands for a reason of its own, such as a test card, is opened again ever more seldom. */
const LONGEST_MS: Millis = 80_000

/**
 * Notices a stream that gives the same picture again and again. FFmpeg does so for good when a
 * camera changes its size or its colours (tried with OpenCV 4.6): only opening it again helps.
 */
export class StandingPicture {
  #limitMs: Millis = FIRST_MS
  #sinceMs: Millis | undefined

  /** @returns whether the picture has stood for so long that the device should be opened again */
  stands({ tMs, view }: Pick<Frame, 'tMs' | 'view'>): boolean {
    // Sensor noise changes a live picture, however still the cabin is.
    if (view.changeFromLast !== 0) {
      if (view.changeFromLast !== undefined) this.#limitMs = FIRST_MS
      this.#sinceMs = undefined
      return false
    }
    this.#sinceMs ??= tMs
    if (tMs - this.#sinceMs < this.#limitMs) return false
    this.#limitMs = Math.min(LONGEST_MS, 2 * this.#limitMs)
    this.#sinceMs = undefined
    return true
  }
}
