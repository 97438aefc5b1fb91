import type { Millis } from '../../core/frame.ts'

/** Marks that nothing has come for a while. */
const TICK = { kind: 'tick' } as const
export type Tick = typeof TICK

/**
 * The items of a source, with ticks in between while it is silent: the policy must notice that
 * nobody is watching even when nothing arrives.
 *
 * @param everyMs longest silence without a tick
 * @param signal ends the iteration at once, also while the source is silent
 */
export async function* withTicks<T>(
  items: AsyncIterable<T>,
  everyMs: Millis,
  signal: AbortSignal,
): AsyncGenerator<T | Tick> {
  const iterator = items[Symbol.asyncIterator]()
  const arrival = new Arrival(iterator)
  const wake = (): void => {
    arrival.wake()
  }
  signal.addEventListener('abort', wake)
  try {
    arrival.pull()
    for (;;) {
      if (!arrival.here) await arrival.wait(everyMs)
      if (signal.aborted) return
      if (!arrival.here) {
        yield TICK
        continue
      }
      const result = arrival.take()
      if (result.done === true) return
      yield result.value
      arrival.pull()
    }
  } finally {
    signal.removeEventListener('abort', wake)
    // Not awaited: a source that hangs must not hang whoever stops it.
    void iterator.return?.()
  }
}

type Settled<T> = { readonly result: IteratorResult<T> } | { readonly error: unknown }

/**
 * One pending `next()` that can be waited for many times. `Promise.race` would do the same and
 * leak: every call leaves a reaction on each promise that never settles.
 */
class Arrival<T> {
  readonly #iterator: AsyncIterator<T>
  #settled: Settled<T> | undefined
  #wake: (() => void) | undefined

  constructor(iterator: AsyncIterator<T>) {
    this.#iterator = iterator
  }

  get here(): boolean {
    return this.#settled !== undefined
  }

  pull(): void {
    this.#iterator.next().then(
      (result) => {
        this.#settle({ result })
      },
      (error: unknown) => {
        this.#settle({ error })
      },
    )
  }

  /** Resolves when the item is here, after `ms`, or when somebody calls `wake`. */
  async wait(ms: Millis): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      timer = setTimeout(resolve, ms)
    })
    clearTimeout(timer)
    this.#wake = undefined
  }

  wake(): void {
    this.#wake?.()
  }

  /** @throws what `next()` threw */
  take(): IteratorResult<T> {
    const settled = this.#settled
    this.#settled = undefined
    if (settled === undefined) throw new Error('nothing has arrived')
    if ('error' in settled) throw settled.error
    return settled.result
  }

  #settle(settled: Settled<T>): void {
    this.#settled = settled
    this.wake()
  }
}
