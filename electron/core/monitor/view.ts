import type { Millis, ViewStats } from '../frame.ts'
import type { ViewLimits } from './preset.ts'
import { reached } from './reached.ts'

/** Why the picture shows no driver. */
type ViewFault = 'covered' | 'dark' | 'overexposed' | 'frozen'

/**
 * Why nobody is watching: before the first frame, no frames, a bad view, or frames that the
 * ensemble did not judge.
 */
export type BlindReason = 'starting' | 'no-frames' | 'unjudged' | ViewFault

/** The camera check between two frames. */
export interface ViewState {
  readonly fault: ViewFault | undefined
  /** How long the picture has stood still. */
  readonly stillMs: Millis
  /** Faulty time that good time has not made up for, `restoreMs` at most. */
  readonly badMs: Millis
}

export const INITIAL_VIEW: ViewState = { fault: undefined, stillMs: 0, badMs: 0 }

/**
 * Checks one frame's statistics. A faulty frame is not judged, from the first on. Good frames are
 * judged again once they have made up for the faulty time before them, `restoreMs` of it at most:
 * a covered lens takes that long, one bad frame in twelve as long as it lasted.
 */
export function checkView(
  state: ViewState,
  stats: ViewStats,
  limits: ViewLimits,
  stepMs: Millis,
): ViewState {
  const { fault: before } = state
  const stillMs = stands(stats, limits, before) ? state.stillMs + stepMs : 0
  const lasts = before !== undefined && persists(before, stats, limits, stillMs)
  const fault = lasts ? before : findFault(stats, limits, stillMs)
  if (fault !== undefined) {
    return { fault, stillMs, badMs: Math.min(state.badMs + stepMs, limits.restoreMs) }
  }
  const badMs = Math.max(0, state.badMs - stepMs)
  return { fault: reached(-badMs, 0) ? undefined : before, stillMs, badMs }
}

function findFault(stats: ViewStats, limits: ViewLimits, stillMs: Millis): ViewFault | undefined {
  if (stats.saturated > limits.overexposed.on) return 'overexposed'
  if (stats.stdLuma < limits.coveredStd.on) return 'covered'
  if (stats.meanLuma < limits.darkMean.on && stats.stdLuma < limits.darkStd.on) return 'dark'
  return reached(stillMs, limits.frozenAfterMs) ? 'frozen' : undefined
}

function persists(
  fault: ViewFault,
  stats: ViewStats,
  limits: ViewLimits,
  stillMs: Millis,
): boolean {
  switch (fault) {
    case 'overexposed':
      return stats.saturated > limits.overexposed.off
    case 'covered':
      return stats.stdLuma < limits.coveredStd.off
    case 'dark':
      return stats.meanLuma < limits.darkMean.off && stats.stdLuma < limits.darkStd.off
    case 'frozen':
      return stillMs > 0
  }
}

function stands(stats: ViewStats, limits: ViewLimits, fault: ViewFault | undefined): boolean {
  const limit = fault === 'frozen' ? limits.frozenChange.off : limits.frozenChange.on
  return stats.changeFromLast !== undefined && stats.changeFromLast < limit
}
