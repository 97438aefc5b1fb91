import type { Millis } from '../frame.ts'
import type { ClassId } from '../labels.ts'
import type { Classification } from './driverState.ts'

/**
 * Consecutive frames that say the same by themselves, before any smoothing. When the smoothed
 * belief follows, the change is dated back to the first of them: filter lag delays no alert.
 */
export interface Streak {
  readonly says: Classification
  /** Frame time of the first frame. */
  readonly sinceMs: Millis
  /** Counted time since then, without gaps. */
  readonly elapsedMs: Millis
  /** Likeliest unsafe class of the frames, and for how long it has been that. */
  readonly top: ClassId
  readonly topMs: Millis
}

/** Continues the streak with one more frame, or starts another. */
export function advanceStreak(
  streak: Streak | undefined,
  frame: { readonly tMs: Millis; readonly says: Classification; readonly top: ClassId },
  stepMs: Millis,
): Streak {
  const { says, top, tMs } = frame
  if (streak?.says !== says) return { says, sinceMs: tMs, elapsedMs: 0, top, topMs: 0 }
  const topMs = streak.top === top ? streak.topMs + stepMs : 0
  return { says, sinceMs: streak.sinceMs, elapsedMs: streak.elapsedMs + stepMs, top, topMs }
}

/** The last part of a streak, at most so long. */
export function lastOf(streak: Streak, tMs: Millis, longestMs: Millis): Streak {
  if (streak.elapsedMs <= longestMs) return streak
  const topMs = Math.min(streak.topMs, longestMs)
  return { ...streak, sinceMs: tMs - longestMs, elapsedMs: longestMs, topMs }
}
