import type { Millis, ViewStats } from '../frame.ts'
import type { ViewLimits } from './preset.ts'

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
  /** How long the view has been good since the fault. */
  readonly goodMs: Millis
}

export const INITIAL_VIEW: ViewState = { fault: undefined, stillMs: 0, goodMs: 0 }

/**
 * Checks one frame's statistics. A fault counts from its first frame (its frames are not judged);
 * it ends once the view has been good, by the easier thresholds, for `restoreMs`.
 */
export function checkView(
  state: ViewState,
  stats: ViewStats,
  limits: ViewLimits,
  stepMs: Millis,
): ViewState {
  const stillMs = stands(stats, limits, state.fault) ? state.stillMs + stepMs : 0
  const { fault } = state
  if (fault === undefined) {
    return { fault: findFault(stats, limits, stillMs), stillMs, goodMs: 0 }
  }
  if (persists(fault, stats, limits, stillMs)) return { fault, stillMs, goodMs: 0 }
  const next = findFault(stats, limits, stillMs)
  if (next !== undefined) return { fault: next, stillMs, goodMs: 0 }
  const goodMs = state.goodMs + stepMs
  return { fault: goodMs >= limits.restoreMs ? undefined : fault, stillMs, goodMs }
}

function findFault(stats: ViewStats, limits: ViewLimits, stillMs: Millis): ViewFault | undefined {
  if (stats.saturated > limits.overexposed.on) return 'overexposed'
  if (stats.stdLuma < limits.coveredStd.on) return 'covered'
  if (stats.meanLuma < limits.darkMean.on && stats.stdLuma < limits.darkStd.on) return 'dark'
  return stillMs >= limits.frozenAfterMs ? 'frozen' : undefined
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
