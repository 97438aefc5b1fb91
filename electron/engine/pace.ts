import type { Millis } from '../core/frame.ts'
import { nowMs, sleep } from './clock.ts'

/** Holds a recorded drive to its own clock, so that a replay takes as long as the drive did. */
export class Pace {
  #startedAt: Millis | undefined

  /** Waits until the frame of time `tMs` is due; at once when the pipeline is late. */
  async until(tMs: Millis, signal: AbortSignal): Promise<void> {
    this.#startedAt ??= nowMs() - tMs
    const waitMs = this.#startedAt + tMs - nowMs()
    if (waitMs > 1) await sleep(waitMs, signal)
  }

  /** The source's clock starts again. */
  restart(): void {
    this.#startedAt = undefined
  }
}
