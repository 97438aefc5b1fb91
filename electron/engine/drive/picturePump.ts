import type { EngineEvent } from '../../contract/events.ts'
import type { Frame, Millis } from '../../core/frame.ts'

/** Somebody who would like to see frames and may decline each. */
export interface PictureTap {
  /** @param still no frame follows until somebody asks: this one must not be missed */
  offer(frame: Frame, still: boolean): void
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
 * A declined frame is gone; whoever is ready again gets the newest one. Only a frame that stays
 * on screen waits for them.
 */
export class PicturePump implements PictureTap {
  readonly #parts: PicturePumpParts
  #periodMs: Millis = Infinity
  #dueMs: Millis = -Infinity
  #waiting = false
  /** The frame that stays on screen, for whoever has not seen it yet. */
  #still: Frame | undefined
  /** It came while the screen was still drawing another. */
  #missed = false

  constructor(parts: PicturePumpParts) {
    this.#parts = parts
  }

  /** @param perSecond 0 turns pictures off */
  setRate(perSecond: number): void {
    this.#periodMs = 1000 / perSecond
    this.#dueMs = -Infinity
    this.#waiting = false
    // Somebody looks who may not have seen it.
    if (this.#still !== undefined && perSecond > 0) this.#send(this.#still)
  }

  taken(): void {
    this.#waiting = false
    if (this.#missed && this.#still !== undefined) this.#send(this.#still)
  }

  offer(frame: Frame, still: boolean): void {
    this.#still = still ? frame : undefined
    this.#missed = still && this.#waiting
    if (this.#periodMs === Infinity || this.#waiting) return
    const nowMs = this.#parts.nowMs()
    if (nowMs < this.#dueMs && !still) return
    // From the due time where it is near: a rate that does not divide the source's holds on average.
    const late = nowMs - this.#dueMs > this.#periodMs
    this.#dueMs = (late ? nowMs : this.#dueMs) + this.#periodMs
    this.#send(frame)
  }

  #send(frame: Frame): void {
    this.#waiting = true
    this.#missed = false
    const { seq, tMs } = frame
    this.#parts.emit([{ type: 'picture', seq, tMs, ...this.#parts.encode(frame) }])
  }
}
