import { openSource } from '../engine/capture/openSource.ts'
import type { Recording } from '../contract/viewer.ts'
import { omitUndefined } from '../core/omitUndefined.ts'
import type { Frame, Millis } from '../core/frame.ts'
import type { FrameSource, SourceItem } from '../core/ports.ts'

/** Nearer than this the recording is read on; opening and seeking takes as long. */
const READ_ON_MS: Millis = 1500

/** Somebody who goes back step by step will want what came before, too: it is read on the way. */
const BACK_MS: Millis = 800

/** Where a recording does not say how long a frame lasts. */
const FRAME_MS: Millis = 40

/** A frame and when the next one takes its place. */
export interface Shown {
  readonly frame: Frame
  readonly untilMs: Millis
}

/** Finds the frame of a moment in one recording, quickly where moments follow each other. */
export class RecordingCursor implements AsyncDisposable {
  readonly #recording: Recording
  #source: FrameSource | undefined
  #items: AsyncIterator<SourceItem> | undefined
  #current: Frame | undefined
  /** Read ahead: it says how long the current one lasts. */
  #next: Frame | undefined
  #lastFrameMs: Millis = FRAME_MS

  constructor(recording: Recording) {
    this.#recording = recording
  }

  /**
   * @param onPassed sees frames that are read on the way back to `tMs`
   * @returns undefined before the first frame and for a moment after the last one
   */
  async at(tMs: Millis, onPassed: (shown: Shown) => void): Promise<Shown | undefined> {
    const back = this.#isJustBefore(tMs)
    if (!this.#isNear(tMs)) await this.#open(back ? Math.max(0, tMs - BACK_MS) : tMs)
    while (this.#next !== undefined && this.#next.tMs <= tMs) {
      if (back && this.#current !== undefined) {
        onPassed({ frame: this.#current, untilMs: this.#next.tMs })
      }
      this.#current = this.#next
      this.#next = await this.#read()
    }
    const frame = this.#current
    if (frame === undefined || frame.tMs > tMs) return undefined
    const untilMs = this.#next?.tMs ?? frame.tMs + this.#frameMs
    return tMs > untilMs + READ_ON_MS ? undefined : { frame, untilMs }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#source?.[Symbol.asyncDispose]()
    this.#source = undefined
  }

  get #frameMs(): Millis {
    const rate = this.#source?.info.framesPerSecond
    return rate === undefined ? FRAME_MS : 1000 / rate
  }

  #isNear(tMs: Millis): boolean {
    if (this.#source === undefined || this.#current === undefined) return false
    return tMs >= this.#current.tMs && tMs <= (this.#next ?? this.#current).tMs + READ_ON_MS
  }

  #isJustBefore(tMs: Millis): boolean {
    const current = this.#current?.tMs ?? -Infinity
    return tMs < current && tMs >= current - READ_ON_MS
  }

  async #open(tMs: Millis): Promise<void> {
    await this[Symbol.asyncDispose]()
    const { uri, options } = this.#recording
    // Two frames early: the one that stands at `tMs` began before it.
    const startAtMs = Math.max(0, tMs - 2 * Math.max(FRAME_MS, this.#lastFrameMs))
    this.#source = await openSource(uri, { ...omitUndefined(options), startAtMs })
    this.#items = this.#source[Symbol.asyncIterator]()
    this.#lastFrameMs = this.#frameMs
    this.#current = await this.#read()
    this.#next = await this.#read()
    // The first guess of the frames' length was too short, and the source began too late.
    if (this.#current === undefined || this.#current.tMs <= tMs || startAtMs === 0) return
    if (startAtMs > tMs - 2 * this.#lastFrameMs) await this.#open(tMs)
  }

  async #read(): Promise<Frame | undefined> {
    for (;;) {
      const item = await this.#items?.next()
      if (item === undefined || item.done === true) return undefined
      if (item.value.kind === 'frame') return item.value.frame
    }
  }
}
