import type { Millis } from '../frame.ts'

/**
 * Which folds run when the machine is too slow for all of them. Folds are shed from the last
 * of the manifest to the first, one at a time, and taken back in the opposite order, so that
 * the same load always leaves the same folds.
 */
export interface Shedding {
  /** Folds that run now, at least 1. */
  readonly active: number
  /** Smoothed time of one frame with the folds that run now, in ms. */
  readonly frameMs: Millis
  /** Source time of the last change. */
  readonly changedAtMs: Millis
}

/** Weight of the newest frame in the smoothed time: about the last ten frames count. */
const SMOOTHING = 0.1
/** A fold is shed above this share of the deadline: the rest is for decoding and the policy. */
const SHED_ABOVE = 0.95
/** A fold is taken back only if all would still fit into this share: hysteresis against flapping. */
const RESTORE_BELOW = 0.75
/** Time between two changes, so that the smoothed time has settled. */
const SETTLE_MS: Millis = 1000

export function allFolds(folds: number): Shedding {
  return { active: folds, frameMs: 0, changedAtMs: -Infinity }
}

/**
 * One step after each frame.
 *
 * @param folds number of folds in the ensemble
 * @param tookMs what this frame took with `state.active` folds
 * @param deadlineMs time between two frames of the source
 * @param tMs the frame's time
 */
export function shed(
  state: Shedding,
  folds: number,
  tookMs: Millis,
  deadlineMs: Millis,
  tMs: Millis,
): Shedding {
  const frameMs =
    state.frameMs === 0 ? tookMs : state.frameMs + SMOOTHING * (tookMs - state.frameMs)
  const settled = tMs - state.changedAtMs >= SETTLE_MS
  const perFoldMs = frameMs / state.active
  if (settled && state.active > 1 && frameMs > SHED_ABOVE * deadlineMs) {
    return change(state.active - 1, perFoldMs, tMs)
  }
  if (
    settled &&
    state.active < folds &&
    perFoldMs * (state.active + 1) < RESTORE_BELOW * deadlineMs
  ) {
    return change(state.active + 1, perFoldMs, tMs)
  }
  return { ...state, frameMs }
}

function change(active: number, perFoldMs: Millis, tMs: Millis): Shedding {
  return { active, frameMs: perFoldMs * active, changedAtMs: tMs }
}
