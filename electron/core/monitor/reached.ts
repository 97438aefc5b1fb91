import type { Millis } from '../frame.ts'

/** Frame times such as 1000/30 ms do not add up exactly; a microsecond is forgiven. */
export function reached(elapsedMs: Millis, thresholdMs: Millis): boolean {
  return elapsedMs >= thresholdMs - 0.001
}
