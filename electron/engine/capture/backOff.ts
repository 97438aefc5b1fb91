import type { Millis } from '../../core/frame.ts'

/** A USB camera that was knocked loose is back on the bus in about a quarter of a second. */
const FIRST_RETRY_MS: Millis = 250

/** Watched again within two seconds of the camera's return; an attempt costs a few milliseconds. */
const LONGEST_RETRY_MS: Millis = 1000

/** A source that ran so long was healthy: its next loss starts from the shortest wait again. */
export const STEADY_MS: Millis = 10_000

/** Wait before retry number `attempt` (from 0): 0.25, 0.5, then 1 s. */
export function retryDelayMs(attempt: number): Millis {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt)
}
