import type { Millis } from '../../core/frame.ts'

/** The engine sends a heartbeat every 250 ms; four missing ones are a hang. */
export const HANG_AFTER_MS: Millis = 1000

/** A frame may take this many times the slowest one of the warm-up before it counts as a hang. */
const SLOW_FRAME_FACTOR = 4

/**
 * Decides when a silent engine hangs. Pure: the caller passes the time in.
 *
 * A process that was itself suspended (laptop lid, debugger) must not blame the engine, so time
 * between two checks counts only up to `maxStepMs`.
 */
export class Watchdog {
  readonly #maxStepMs: Millis
  #limitMs: Millis = HANG_AFTER_MS
  #graceMs: Millis = 0
  #silentMs: Millis = 0
  #checkedAt: Millis | undefined

  /** @param maxStepMs longest time that one check may add to the silence */
  constructor(maxStepMs: Millis) {
    this.#maxStepMs = maxStepMs
  }

  /** Any message is a sign of life. */
  alive(): void {
    this.#silentMs = 0
  }

  /**
   * The engine is opening something and may block for up to `ms` at a time, with heartbeats in
   * between; 0 when it is open.
   */
  allow(ms: Millis): void {
    this.#graceMs = ms
  }

  /** Everything is open. Networks too slow for the usual limit get a longer one. */
  expectFrames(slowestFrameMs: Millis): void {
    this.#graceMs = 0
    this.#limitMs = Math.max(HANG_AFTER_MS, SLOW_FRAME_FACTOR * slowestFrameMs)
  }

  /** @returns whether the engine has been silent for too long */
  check(nowMs: Millis): boolean {
    const sinceMs = nowMs - (this.#checkedAt ?? nowMs)
    this.#checkedAt = nowMs
    this.#silentMs += Math.min(sinceMs, this.#maxStepMs)
    return this.#silentMs > this.#limitMs + this.#graceMs
  }
}
