import type { Millis } from '../frame.ts'
import type { ClassId } from '../labels.ts'
import type { Verdict } from './verdict.ts'

/**
 * Consecutive frames that say the same by themselves, before any smoothing. When the smoothed
 * belief follows, the change is dated back to the first of them: filter lag delays no alert.
 */
export interface Run {
  readonly verdict: Verdict
  /** Frame time of the first frame. */
  readonly sinceMs: Millis
  /** Counted time since then, without gaps. */
  readonly elapsedMs: Millis
  /** Likeliest unsafe class of the frames, and for how long it has been that. */
  readonly top: ClassId
  readonly topMs: Millis
}

/** Continues the run with one more frame, or starts another. */
export function advanceRun(
  run: Run | undefined,
  frame: { readonly tMs: Millis; readonly verdict: Verdict; readonly top: ClassId },
  stepMs: Millis,
): Run {
  const { verdict, top, tMs } = frame
  if (run?.verdict !== verdict) return { verdict, sinceMs: tMs, elapsedMs: 0, top, topMs: 0 }
  const topMs = run.top === top ? run.topMs + stepMs : 0
  return { verdict, sinceMs: run.sinceMs, elapsedMs: run.elapsedMs + stepMs, top, topMs }
}
