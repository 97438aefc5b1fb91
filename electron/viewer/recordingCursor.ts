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

/** The frame that stands at a moment is looked for this far before it, then four times as far. */
const LOOK_BACK_MS: Millis = 80

/** A picture that stands longer is no picture of the moment: the recording has a hole there. */
const LONGEST_FRAME_MS: Millis = 2000

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

  constructor(recording: Recording) {
    this.#recording = recording
  }

  /**
   * @param onPassed sees frames that are read on the way back to `tMs`
   * @returns undefined before the first frame, in a hole, and for a moment after the last one
   */
  async at(tMs: Millis, onPassed: (shown: Shown) => void): Promise<Shown | undefined> {
    const back = this.#isJustBefore(tMs)
    if (!this.#isNear(tMs)) await this.#openBefore(back ? Math.max(0, tMs - BACK_MS) : tMs)
    while (this.#next !== undefined && this.#next.tMs <= tMs) {
      if (back && this.#current !== undefined) {
        onPassed({ frame: this.#current, untilMs: this.#next.tMs })
      }
      this.#current = this.#next
      this.#next = await this.#read()
    }
    const frame = this.#current
    if (frame === undefined || frame.tMs > tMs) return undefined
    const untilMs = this.#untilMs(frame)
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

  #untilMs({ tMs }: Frame): Millis {
    const nextMs = this.#next?.tMs
    const stands = nextMs !== undefined && nextMs - tMs <= LONGEST_FRAME_MS
    return stands ? nextMs : tMs + this.#frameMs
  }

  /** Nobody knows how long the frame has stood that stands at `tMs`: rates vary. */
  async #openBefore(tMs: Millis): Promise<void> {
    for (let backMs = LOOK_BACK_MS; ; backMs *= 4) {
      const startAtMs = Math.max(0, tMs - backMs)
      await this.#open(startAtMs)
      if (startAtMs === 0 || (this.#current !== undefined && this.#current.tMs <= tMs)) return
    }
  }

  async #open(startAtMs: Millis): Promise<void> {
    await this[Symbol.asyncDispose]()
    const { uri, options } = this.#recording
    this.#source = await openSource(uri, { ...omitUndefined(options), startAtMs })
    this.#items = this.#source[Symbol.asyncIterator]()
    this.#current = await this.#read()
    this.#next = await this.#read()
  }

  async #read(): Promise<Frame | undefined> {
    for (;;) {
      const item = await this.#items?.next()
      if (item === undefined || item.done === true) return undefined
      if (item.value.kind === 'frame') return item.value.frame
    }
  }
}
