import { performance } from 'node:perf_hooks'
import type { Millis } from '../../core/frame.ts'

/**
 * The machine's monotonic clock in ms. On every platform Node supports it counts from a point
 * that all processes of this boot share, so a restarted engine goes on where the last one stood.
 */
export function monotonicMs(): Millis {
  return Number(process.hrtime.bigint() / 1000n) / 1000
}

/** Milliseconds since this process began; for durations. */
export function nowMs(): Millis {
  return performance.now()
}

/**
 * Resolves after `ms`, when the signal aborts, or when somebody calls what `offer` was given.
 *
 * @param ms Infinity waits for the others
 */
export function waitFor(
  ms: Millis,
  signal: AbortSignal,
  offer: (wake: () => void) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = ms === Infinity ? undefined : setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    offer(done)
    if (signal.aborted) done()
  })
}
