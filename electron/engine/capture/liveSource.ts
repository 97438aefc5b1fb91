import type { Millis } from '../../core/frame.ts'
import type { FrameSource, SourceInfo, SourceItem } from '../../core/ports.ts'
import { FrameMaker } from './frameMaker.ts'
import type { LiveParts, LivePicture } from './liveDevice.ts'
import { LivePump } from './livePump.ts'
import { Mailbox } from './mailbox.ts'
import { StandingPicture } from './standingPicture.ts'
import type { SourceOptions } from './sourceOptions.ts'
import type { Timing } from './timing.ts'
import { systemTiming } from './timing.ts'

/** Decoding a picture that already lies in the driver's or socket's buffer takes 0.5 to 1.5 ms. */
const DRAIN_MS: Millis = 2

/** More than the buffers of any driver hold; a bound, as a device could deliver without end. */
const DRAIN_LIMIT = 64

/**
 * A camera or stream. A pump reads all the time and keeps the latest picture; the rest is counted
 * in `dropped`. Ends only when closed, or when the signal aborts.
 */
export class LiveSource implements FrameSource {
  readonly info: SourceInfo
  readonly #mailbox = new Mailbox<LivePicture, SourceItem>()
  readonly #pump: LivePump
  readonly #maker: FrameMaker
  readonly #standing = new StandingPicture()
  readonly #timing: Timing
  readonly #onAbort = (): void => void this[Symbol.asyncDispose]()
  readonly #signal: AbortSignal | undefined

  constructor(parts: LiveParts, options: SourceOptions) {
    this.info = parts.info
    this.#maker = new FrameMaker(options)
    this.#timing = options.timing ?? systemTiming
    this.#pump = new LivePump(parts, this.#mailbox, this.#timing)
    this.#signal = options.signal
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  get dropped(): number {
    return this.#mailbox.dropped
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceItem, void> {
    // A reader who had to wait is faster than the device, so nothing can have queued up. For one
    // who had not, older pictures may lie in the driver or socket, more with every turn. The rate
    // that a device claims tells nothing: FFmpeg says 25 of every MJPEG stream.
    let waited = false
    for (;;) {
      if (!waited) await this.#drain()
      const askedMs = this.#timing.now()
      const letter = await this.#mailbox.take()
      if (letter === undefined) return
      waited = this.#timing.now() - askedMs >= DRAIN_MS
      yield letter.kind === 'message' ? letter.message : this.#frame(letter.picture)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#mailbox.close()
    await this.#pump.close()
  }

  /** Lets the pump read on until a read has to wait for the device. */
  async #drain(): Promise<void> {
    for (let round = 0; round < DRAIN_LIMIT; round++) {
      const patience = new AbortController()
      const arrived = await Promise.race([
        this.#mailbox.arrival().then(() => true),
        this.#timing.sleep(DRAIN_MS, patience.signal).then(() => false),
      ])
      patience.abort()
      if (!arrived || this.#pump.closed) return
    }
  }

  #frame(owned: LivePicture): SourceItem {
    using picture = owned
    const frame = this.#maker.make(picture.mat, picture.seq, picture.tMs)
    if (this.#standing.stands(frame)) this.#pump.restart()
    return { kind: 'frame', frame, truth: undefined }
  }
}
