import { describe, expect, it } from 'vitest'
import { withTicks } from '../../../../electron/engine/drive/ticks.ts'

/** A source whose items the test hands out. */
class HandSource implements AsyncIterable<string> {
  returned = false
  #give: ((result: IteratorResult<string>) => void) | undefined
  #fail: ((error: Error) => void) | undefined;

  [Symbol.asyncIterator](): AsyncIterator<string> {
    return {
      next: () =>
        new Promise((resolve, reject) => {
          this.#give = resolve
          this.#fail = reject
        }),
      return: () => {
        this.returned = true
        return new Promise(() => undefined)
      },
    }
  }

  give(value: string): void {
    this.#give?.({ done: false, value })
  }

  end(): void {
    this.#give?.({ done: true, value: undefined })
  }

  fail(message: string): void {
    this.#fail?.(new Error(message))
  }
}

const LONG_MS = 60_000

describe('withTicks', () => {
  it('passes items on in order and ends with the source', async () => {
    const source = new HandSource()
    const items = withTicks(source, LONG_MS, new AbortController().signal)
    const first = items.next()
    source.give('a')
    expect(await first).toEqual({ done: false, value: 'a' })
    const second = items.next()
    source.give('b')
    expect(await second).toEqual({ done: false, value: 'b' })
    const last = items.next()
    source.end()
    expect((await last).done).toBe(true)
  })

  it('ticks while the source is silent, and loses nothing that comes later', async () => {
    const source = new HandSource()
    const items = withTicks(source, 1, new AbortController().signal)
    expect((await items.next()).value).toEqual({ kind: 'tick' })
    expect((await items.next()).value).toEqual({ kind: 'tick' })
    source.give('late')
    expect((await items.next()).value).toBe('late')
  })

  it('ends at once when asked to, even with a source that hangs', async () => {
    const abort = new AbortController()
    const source = new HandSource()
    const items = withTicks(source, LONG_MS, abort.signal)
    const next = items.next()
    abort.abort()
    expect((await next).done).toBe(true)
    expect(source.returned).toBe(true)
  })

  it('throws what the source throws', async () => {
    const source = new HandSource()
    const items = withTicks(source, LONG_MS, new AbortController().signal)
    const next = items.next()
    source.fail('camera on fire')
    await expect(next).rejects.toThrow('camera on fire')
  })
})
