import type { EngineEvent } from '../contract/events.ts'
import type { Frame, Millis } from '../core/frame.ts'

/** Somebody who would like to see frames and may decline each. */
export interface PictureTap {
  /** Returns once the frame's pixels are no longer needed. */
  offer(frame: Frame): void
}

export interface EncodedPicture {
  readonly width: number
  readonly height: number
  readonly jpeg: Uint8Array
}

export interface PicturePumpParts {
  readonly encode: (frame: Frame) => EncodedPicture
  readonly emit: (events: EngineEvent[]) => void
  readonly nowMs: () => Millis
}

/**
 * Sends pictures to the screen: never faster than asked, and none before the last one was taken.
 * A declined frame is gone; whoever is ready again gets the newest one.
 */
export class PicturePump implements PictureTap {
  readonly #parts: PicturePumpParts
  #periodMs: Millis = Infinity
  #dueMs: Millis = -Infinity
  #waiting = false

  constructor(parts: PicturePumpParts) {
    this.#parts = parts
  }

  /** @param perSecond 0 turns pictures off */
  setRate(perSecond: number): void {
    this.#periodMs = 1000 / perSecond
    this.#dueMs = -Infinity
    this.#waiting = false
  }

  taken(): void {
    this.#waiting = false
  }

  offer(frame: Frame): void {
    if (this.#periodMs === Infinity || this.#waiting) return
    const nowMs = this.#parts.nowMs()
    if (nowMs < this.#dueMs) return
    // From the due time where it is near: a rate that does not divide the source's holds on average.
    const late = nowMs - this.#dueMs > this.#periodMs
    this.#dueMs = (late ? nowMs : this.#dueMs) + this.#periodMs
    this.#waiting = true
    const { seq, tMs } = frame
    this.#parts.emit([{ type: 'picture', seq, tMs, ...this.#parts.encode(frame) }])
  }
}
