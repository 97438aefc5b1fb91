import type { Millis } from '../frame.ts'

/**
 * Frame times are rounded to a microsecond and do not add up exactly: what was added up of several
 * stretches may be a few microseconds short, and a hundredth of a millisecond is forgiven.
 */
export function reached(elapsedMs: Millis, thresholdMs: Millis): boolean {
  return elapsedMs >= thresholdMs - 0.01
}
