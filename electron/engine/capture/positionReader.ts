import type { Millis } from '../../core/frame.ts'
import type { Reading, VideoCapture } from '../native/videoCapture.ts'
import {
  COUNT_TOLERANCE,
  type OpenCapture,
  type TimedPicture,
  type TimedReader,
} from './timedReader.ts'

/** 25 a second where the container does not know, as FFmpeg assumes. */
const UNKNOWN_PERIOD_MS: Millis = 40

/** A seek that led beyond its aim is tried again from so far before it, then from four times as far. */
const FIRST_BACK_MS: Millis = 500

/**
 * Reads containers whose frame times nobody but OpenCV tells (AVI, FLV, raw streams and others):
 * by its position, or by counting where it has none.
 */
export class PositionReader implements TimedReader {
  readonly lost = 0
  readonly #open: OpenCapture
  readonly #startAtMs: Millis
  readonly periodMs: Millis
  /** Positions are not looked at: somebody has said how many frames make a second. */
  readonly #counting: boolean
  #capture: VideoCapture
  #seq = 0
  #lastMs: Millis | undefined
  #ended = false
  #waiting: Reading | undefined

  private constructor(
    capture: VideoCapture,
    open: OpenCapture,
    startAtMs: Millis,
    framesPerSecond: number | undefined,
  ) {
    this.#capture = capture
    this.#open = open
    this.#startAtMs = startAtMs
    this.#counting = framesPerSecond !== undefined
    const rate = framesPerSecond ?? this.#capture.framesPerSecond
    this.periodMs = rate === undefined ? UNKNOWN_PERIOD_MS : 1000 / rate
  }

  /**
   * @param capture unread; from now on the reader's
   * @param open opens it again
   * @param framesPerSecond of streams without a clock
   */
  static async open(
    capture: VideoCapture,
    open: OpenCapture,
    startAtMs: Millis,
    framesPerSecond?: number,
  ): Promise<PositionReader> {
    const reader = new PositionReader(capture, open, startAtMs, framesPerSecond)
    try {
      if (startAtMs > 0 && !(await reader.#seek())) reader.#restart()
      return reader
    } catch (thrown) {
      reader[Symbol.dispose]()
      throw thrown
    }
  }

  async next(): Promise<TimedPicture | undefined> {
    for (;;) {
      const reading = this.#waiting ?? (await this.#capture.read())
      this.#waiting = undefined
      if (reading === undefined) {
        this.#ended = true
        return undefined
      }
      const tMs = this.#timeOf(reading.positionMs)
      const seq = this.#seq++
      // Seeks lead to the key frame before.
      if (tMs >= this.#startAtMs - this.periodMs / 2) return { mat: reading.mat, seq, tMs }
      reading.mat.release()
    }
  }

  get missing(): string | undefined {
    const announced = this.#capture.frames
    if (!this.#ended || announced === undefined || this.#seq === 0) return undefined
    const missing = announced - this.#seq
    if (missing <= Math.max(COUNT_TOLERANCE.frames, announced * COUNT_TOLERANCE.share)) {
      return undefined
    }
    return `announces ${announced} frames but ends after ${this.#seq}`
  }

  [Symbol.dispose](): void {
    this.#waiting?.mat.release()
    this.#waiting = undefined
    this.#capture.release()
  }

  /** @returns false when it can only be counted */
  async #seek(): Promise<boolean> {
    if (this.#counting) return false
    const aimMs = this.#startAtMs
    for (let backMs = 0; backMs < aimMs; backMs = Math.max(FIRST_BACK_MS, backMs * 4)) {
      await this.#capture.seek(aimMs - backMs)
      const reading = await this.#capture.read()
      const { positionMs } = reading ?? { positionMs: 0 }
      if (positionMs > 0 && positionMs <= aimMs + this.periodMs / 2) {
        this.#waiting = reading
        // Nobody knows how many lie before it; what comes after is counted from there.
        this.#seq = Math.round(positionMs / this.periodMs)
        return true
      }
      reading?.mat.release()
    }
    return false
  }

  #restart(): void {
    this.#capture.release()
    this.#capture = this.#open()
    this.#seq = 0
  }

  /** A clock that always moves on. Containers without times say 0 throughout: the count tells it. */
  #timeOf(positionMs: number): Millis {
    const lastMs = this.#lastMs
    const known = !this.#counting && Number.isFinite(positionMs) && positionMs > (lastMs ?? -1)
    const counted = lastMs === undefined ? this.#seq * this.periodMs : lastMs + this.periodMs
    this.#lastMs = known ? positionMs : counted
    return this.#lastMs
  }
}
