import type { Millis } from '../frame.ts'
import type { ClassId } from '../labels.ts'
import { LatencyHistogram } from './latency.ts'

/** What a drive came to; the last line of `watch`. */
export interface DriveSummary {
  readonly frames: number
  readonly dropped: number
  /** Alert events, every rise of the level and every change of class counted. */
  readonly alerts: number
  /** From the frame in hand to the decision; undefined when no frame was judged. */
  readonly latencyMs: { readonly p50: Millis | undefined; readonly p95: Millis | undefined }
  /** Where the truth is known: in how many frames the most probable class was the true one. */
  readonly truth: { readonly frames: number; readonly agreement: number } | undefined
}

/** Counts a drive while it runs, in constant memory. */
export class SummaryTally {
  readonly #latency = new LatencyHistogram()
  #frames = 0
  #alerts = 0
  #truths = 0
  #hits = 0
  /** Drops told by engines that have died since; each life counts from zero. */
  #droppedBefore = 0
  #droppedNow = 0

  prediction(top: ClassId, truth: ClassId | undefined, totalMs: Millis, dropped: number): void {
    this.#frames += 1
    this.#latency.add(totalMs)
    if (truth !== undefined) {
      this.#truths += 1
      if (truth === top) this.#hits += 1
    }
    this.dropped(dropped)
  }

  alert(): void {
    this.#alerts += 1
  }

  /** @param count drops of this life of the engine so far */
  dropped(count: number): void {
    if (count < this.#droppedNow) this.#droppedBefore += this.#droppedNow
    this.#droppedNow = count
  }

  summary(): DriveSummary {
    return {
      frames: this.#frames,
      dropped: this.#droppedBefore + this.#droppedNow,
      alerts: this.#alerts,
      latencyMs: { p50: this.#latency.percentile(0.5), p95: this.#latency.percentile(0.95) },
      truth:
        this.#truths === 0
          ? undefined
          : { frames: this.#truths, agreement: this.#hits / this.#truths },
    }
  }
}
