import type { Millis } from '../../core/frame.ts'
import type { Reading, VideoCapture } from '../native/videoCapture.ts'
import { firstAtOrAfter, type FrameTimes } from './frameTimes.ts'
import {
  COUNT_TOLERANCE,
  POSITION_TOLERANCE_MS,
  type OpenCapture,
  type TimedPicture,
  type TimedReader,
} from './timedReader.ts'

/** Nearer to the start than this it is quicker to count than to seek. */
const COUNT_UP_TO = 30

/** A seek that led beyond its aim is tried again from so far before it, then from four times as far. */
const FIRST_BACK_MS: Millis = 500

/** So many frames are read to learn what OpenCV's positions are worth. */
const LESSON = 4

/**
 * After a picture that is damaged OpenCV says that it is at the end, and goes on when it is asked
 * again: ten seconds of them at 30 a second.
 */
const ASKED_AGAIN = 300

/** So many pictures in a row must be elsewhere before they are believed over the count. */
const BELIEVED_AFTER = 8

/**
 * Reads a video by its container's own times. OpenCV gives pictures in the order in which they are
 * shown, so that picture n has the time n of the container. OpenCV's own rate and count are never
 * used, and its position only to find out where a seek led to (adr/0013).
 */
export class IndexedReader implements TimedReader {
  lost = 0
  readonly #open: OpenCapture
  readonly #times: FrameTimes
  #capture: VideoCapture
  /** Number of the next picture. */
  #next: number
  #bySeeking = false
  /** Pictures so far, as OpenCV counts them. */
  #counted = 0
  #elsewhere = { by: 0, times: 0 }
  #ended = false
  /** Nothing was read of it, so that it stands at the first picture. */
  #fresh = true
  /** By how many pictures the first positions run ahead. */
  readonly #ahead: (number | undefined)[] = []
  #lastMs: Millis = 0
  /** Read to find out where a seek led to. */
  #waiting: Reading | undefined

  private constructor(capture: VideoCapture, open: OpenCapture, times: FrameTimes) {
    this.#open = open
    this.#times = times
    this.#capture = capture
    this.#next = times.firstDecodable
  }

  /**
   * @param capture unread; from now on the reader's
   * @param open opens it again
   * @param startAtMs the first picture is the first one at that time or after it
   */
  static async open(
    capture: VideoCapture,
    open: OpenCapture,
    times: FrameTimes,
    startAtMs: Millis,
  ): Promise<IndexedReader> {
    const reader = new IndexedReader(capture, open, times)
    try {
      // A position that was rounded on its way here still finds its picture.
      const aim = firstAtOrAfter(times.timesMs, startAtMs - 0.5)
      if (aim < times.timesMs.length) await reader.#goTo(aim)
      else reader.#endAt(aim)
      return reader
    } catch (thrown) {
      reader[Symbol.dispose]()
      throw thrown
    }
  }

  async next(): Promise<TimedPicture | undefined> {
    const { timesMs } = this.#times
    if (this.#ended) return undefined
    const reading =
      (await this.#read()) ?? (await this.#readOverDamage()) ?? (await this.#readAgain())
    if (reading === undefined) {
      this.#ended = true
      return undefined
    }
    this.#follow(reading)
    const seq = this.#next++
    this.#lastMs = timesMs[seq] ?? this.#beyond(reading)
    return { mat: reading.mat, seq, tMs: this.#lastMs }
  }

  /** The end of a recording that was cut short can be decoded further than it can be indexed. */
  #beyond({ positionMs }: Reading): Millis {
    return positionMs > this.#lastMs ? positionMs : this.#lastMs + this.#times.periodMs
  }

  get missing(): string | undefined {
    const { timesMs, announcedMs, periodMs } = this.#times
    const lost = timesMs.length - this.#next
    if (this.#ended && this.#next > 0 && lost > COUNT_TOLERANCE.frames) {
      return `announces ${timesMs.length} frames but ends after ${this.#next}`
    }
    const endMs = (timesMs.at(-1) ?? 0) + periodMs
    const toleranceMs = Math.max(1000, endMs * COUNT_TOLERANCE.share)
    if (announcedMs === undefined || announcedMs - endMs <= toleranceMs) return undefined
    return `announces ${seconds(announcedMs)} s but ends after ${seconds(endMs)} s`
  }

  [Symbol.dispose](): void {
    this.#waiting?.mat.release()
    this.#waiting = undefined
    this.#capture.release()
  }

  #endAt(aim: number): void {
    this.#next = aim
    this.#ended = true
  }

  async #read(): Promise<Reading | undefined> {
    const waiting = this.#waiting
    this.#waiting = undefined
    this.#fresh = false
    const reading = waiting ?? (await this.#capture.read())
    this.#counted = reading?.positionFrames ?? this.#counted
    return reading
  }

  async #goTo(aim: number): Promise<void> {
    if (aim - this.#times.firstDecodable > COUNT_UP_TO && (await this.#seek(aim))) return
    if (!this.#fresh) this.#restart()
    await this.#readOnTo(aim)
  }

  /** @returns false when it can only be counted */
  async #seek(aim: number): Promise<boolean> {
    this.#times.positions ??= await this.#learn()
    const shift = this.#times.positions
    if (shift === 'of no use') return false
    this.#fresh = false
    const aimMs = this.#times.timesMs[aim] ?? 0
    for (let backMs = 0; backMs < aimMs; backMs = Math.max(FIRST_BACK_MS, backMs * 4)) {
      await this.#capture.seek(aimMs - backMs)
      const reading = await this.#capture.read()
      const place = reading && this.#placeOf(reading.positionMs)
      const number = place === undefined ? Infinity : place - shift
      if (reading === undefined || number > aim || number < 0) {
        reading?.mat.release()
        continue
      }
      this.#bySeeking = true
      this.#next = number
      this.#waiting = reading
      await this.#readOnTo(aim)
      return this.#next === aim
    }
    return false
  }

  async #readOnTo(aim: number): Promise<void> {
    while (this.#next < aim) {
      const reading = await this.#read()
      reading?.mat.release()
      if (reading === undefined) return
      this.#next += 1
    }
  }

  /**
   * OpenCV's position of a picture is its time of showing (4.10), or the time of decoding of the
   * picture that the decoder had last been given (4.6). The same picture always has the same one,
   * so that the first few tell by how many pictures positions run ahead of times.
   */
  async #learn(): Promise<number | 'of no use'> {
    using capture = this.#open()
    const ahead: (number | undefined)[] = []
    const first = this.#times.firstDecodable
    for (let n = first; n < first + LESSON; n++) {
      const reading = await capture.read()
      if (reading === undefined) return 'of no use'
      reading.mat.release()
      // The first position is 0 whatever it means.
      if (n > first) ahead.push(this.#aheadOf(n, reading))
    }
    return sameOf(ahead)
  }

  #aheadOf(n: number, { positionMs }: Reading): number | undefined {
    const place = this.#placeOf(positionMs)
    return place === undefined ? undefined : place - n
  }

  #placeOf(positionMs: number): number | undefined {
    const { timesMs } = this.#times
    if (!(positionMs > 0)) return undefined
    const after = firstAtOrAfter(timesMs, positionMs)
    return [after - 1, after].find(
      (n) => Math.abs((timesMs[n] ?? Infinity) - positionMs) <= POSITION_TOLERANCE_MS,
    )
  }

  /** A decoder leaves out what it cannot decode: then positions run ahead of the count, for good. */
  #follow(reading: Reading): void {
    const shift = this.#times.positions
    if (shift === undefined) this.#takeLesson(reading)
    if (typeof shift !== 'number') return
    const by = Math.max(0, (this.#aheadOf(this.#next, reading) ?? 0) - shift)
    this.#elsewhere = { by, times: by === this.#elsewhere.by ? this.#elsewhere.times + 1 : 1 }
    if (by === 0 || this.#elsewhere.times < BELIEVED_AFTER) return
    this.#next += by
    this.lost += by
    this.#elsewhere = { by: 0, times: 0 }
  }

  /** Who reads from the start has the lesson for nothing. */
  #takeLesson(reading: Reading): void {
    if (this.#bySeeking || this.#next === this.#times.firstDecodable) return
    this.#ahead.push(this.#aheadOf(this.#next, reading))
    if (this.#ahead.length === LESSON - 1) this.#times.positions = sameOf(this.#ahead)
  }

  async #readOverDamage(): Promise<Reading | undefined> {
    for (let n = 0; n < ASKED_AGAIN && this.#next < this.#times.timesMs.length; n++) {
      const reading = await this.#read()
      if (reading !== undefined) return reading
    }
    return undefined
  }

  /**
   * After a seek OpenCV counts pictures by the mean rate, and ends when it has counted to the
   * number that the container announces: too early where the rate varies.
   */
  async #readAgain(): Promise<Reading | undefined> {
    if (!this.#bySeeking || this.#counted < (this.#capture.frames ?? Infinity)) return undefined
    const aim = this.#next
    this.#capture.release()
    this.#capture = this.#open()
    const further = (await this.#seek(aim)) ? await this.#read() : undefined
    if (further !== undefined) return further
    this.#restart()
    await this.#readOnTo(aim)
    return this.#next === aim ? await this.#read() : undefined
  }

  #restart(): void {
    this.#capture.release()
    this.#capture = this.#open()
    this.#next = this.#times.firstDecodable
    this.#bySeeking = false
    this.#fresh = true
  }
}

function sameOf(ahead: readonly (number | undefined)[]): number | 'of no use' {
  const [first] = ahead
  return first !== undefined && ahead.every((by) => by === first) ? first : 'of no use'
}

function seconds(ms: Millis): string {
  return (ms / 1000).toFixed(1)
}
