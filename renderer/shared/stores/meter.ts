import type { Millis } from '../../../electron/core/frame.ts'

/** Frames a second are counted over this long. */
const RATE_WINDOW_MS: Millis = 2000

/** A rate over less than this would be a guess. */
const LEAST_SPAN_MS: Millis = 300

/** Latencies kept for the percentiles: ten seconds at 30 a second. */
const LATENCIES = 300

export interface Readings {
  readonly framesPerSecond: number | undefined
  readonly p50Ms: Millis | undefined
  readonly p95Ms: Millis | undefined
}

/** How fast the pipeline runs, as seen from here. */
export class Meter {
  #arrivals: Millis[] = []
  #latencies: Millis[] = []

  /** @param nowMs this machine's clock, not the drive's */
  prediction(nowMs: Millis, latencyMs: Millis): void {
    this.#arrivals.push(nowMs)
    this.#latencies.push(latencyMs)
    if (this.#latencies.length > LATENCIES) this.#latencies.shift()
    while ((this.#arrivals[0] ?? nowMs) < nowMs - RATE_WINDOW_MS) this.#arrivals.shift()
  }

  clear(): void {
    this.#arrivals = []
    this.#latencies = []
  }

  read(nowMs: Millis): Readings {
    const recent = this.#arrivals.filter((at) => at >= nowMs - RATE_WINDOW_MS)
    const spanMs = (recent.at(-1) ?? 0) - (recent[0] ?? 0)
    const sorted = this.#latencies.toSorted((a, b) => a - b)
    return {
      framesPerSecond: spanMs > LEAST_SPAN_MS ? ((recent.length - 1) * 1000) / spanMs : undefined,
      p50Ms: sorted[Math.floor(0.5 * (sorted.length - 1))],
      p95Ms: sorted[Math.ceil(0.95 * (sorted.length - 1))],
    }
  }
}
