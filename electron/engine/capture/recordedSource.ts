import { setTimeout as delay } from 'node:timers/promises'
import type { Millis } from '../../core/frame.ts'
import type { FrameSource, SourceInfo, SourceItem } from '../../core/ports.ts'

/** A read takes milliseconds; one of a share that is away may never end, and nobody waits for it. */
const HUNG_READ_MS: Millis = 1000

/**
 * A `FrameSource` over a generator that owns what it reads from and frees it in its `finally`.
 * It drops nothing and may be iterated once.
 */
export class RecordedSource implements FrameSource {
  readonly info: SourceInfo
  readonly dropped = 0
  readonly durationMs: Millis | undefined
  readonly #items: AsyncGenerator<SourceItem, void>
  readonly #close: () => void

  /** @param close frees what `items` would have freed, had it been started */
  constructor(
    info: SourceInfo,
    items: AsyncGenerator<SourceItem, void>,
    durationMs: Millis | undefined,
    close: () => void = () => undefined,
  ) {
    this.info = info
    this.#items = items
    this.durationMs = durationMs
    this.#close = close
  }

  [Symbol.asyncIterator](): AsyncIterator<SourceItem> {
    return this.#items
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = this.#items.return().catch(() => undefined)
    await Promise.race([ended, delay(HUNG_READ_MS, undefined, { ref: false })])
    this.#close()
  }
}
