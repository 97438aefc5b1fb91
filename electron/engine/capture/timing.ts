import { setTimeout as delay } from 'node:timers/promises'
import type { Millis } from '../../core/frame.ts'

/** The clock of live sources; tests bring their own. */
export interface Timing {
  /** Monotonic. */
  now(): Millis
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: Millis, signal?: AbortSignal): Promise<void>
}

export const systemTiming: Timing = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
}
