import type { Millis } from '../frame.ts'
import type { Prediction } from '../prediction.ts'
import { beliefOf, follow, topUnsafe } from './belief.ts'
import type { Belief } from './belief.ts'
import { classify, nextDriver } from './driverState.ts'
import type { Classification, DriverState } from './driverState.ts'
import type { MonitorEvent } from './events.ts'
import type { Running } from './monitorState.ts'
import { uncertaintyNotice } from './notices.ts'
import type { Preset } from './preset.ts'
import { cannotDecide, trackStability } from './stability.ts'
import type { StepResult } from './stepResult.ts'
import { advanceStreak, lastOf } from './streak.ts'
import type { Streak } from './streak.ts'
import { countUncertainty } from './uncertainty.ts'

/**
 * While the models were unsure nothing was counted; only the lag of the filter, in time constants of
 * its smoothing, is made up for when they are sure again. Ours: 86 % of a step.
 */
const LAG = 2

/** One usable frame: what it says by itself, and what is believed with it. */
export interface ClassifiedFrame {
  readonly tMs: Millis
  /** Time since the last classified frame. */
  readonly gapMs: Millis
  /** So much of it counts. */
  readonly stepMs: Millis
  /** The belief that this frame alone would justify. */
  readonly frameBelief: Belief
  readonly frameClass: Classification
  readonly belief: Belief
  readonly smoothedClass: Classification
  readonly streak: Streak
  /** The streak that this frame ended. */
  readonly endedStreak: Streak | undefined
  /** Driver state before and with this frame. */
  readonly from: DriverState
  readonly driver: DriverState
}

export interface ClassifiedStep extends StepResult {
  readonly frame: ClassifiedFrame
}

/** Smooths one prediction into the belief and names the driver's state; counts no unsafe time yet. */
export function classifyFrame(
  preset: Preset,
  state: Running,
  { tMs, prediction }: { readonly tMs: Millis; readonly prediction: Prediction },
): ClassifiedStep {
  const { filter } = preset
  const { driver: from } = state
  const gapMs = tMs - state.clock.usableMs
  // Nobody watched in a gap: it counts neither as attention nor as distraction.
  const stepMs = from === 'blind' ? 0 : Math.min(gapMs, state.clock.longestStepMs)
  const unsure = from === 'unsure'
  const frameBelief = beliefOf(prediction)
  const belief = follow(state.belief, frameBelief, gapMs, filter)
  const frameClass = classify(frameBelief, filter, false)
  const smoothedClass = classify(belief, filter, unsure)
  const says = { tMs, says: frameClass, top: topUnsafe(frameBelief) }
  const advanced = advanceStreak(state.streak, says, stepMs)
  const endedStreak = advanced.says === state.streak?.says ? undefined : state.streak
  const stability = trackStability(state.stability, smoothedClass, frameClass, stepMs, filter)
  const driver = nextDriver(
    from,
    smoothedClass,
    frameClass,
    cannotDecide(stability, filter, unsure),
  )
  const streak =
    unsure && driver !== 'unsure' ? lastOf(advanced, tMs, LAG * filter.tauMs) : advanced
  const frame: ClassifiedFrame = {
    tMs,
    gapMs,
    stepMs,
    frameBelief,
    frameClass,
    belief,
    smoothedClass,
    streak,
    endedStreak,
    from,
    driver,
  }
  const classified: Running = {
    ...state,
    driver,
    blindReason: undefined,
    clock: { ...state.clock, usableMs: tMs },
    belief,
    streak,
    stability,
  }
  const counted = tellUncertainty(preset, classified, frame)
  const events = [...tellChange(frame), ...counted.events]
  return { frame, state: counted.state, events }
}

function tellChange({ from, driver, streak, tMs }: ClassifiedFrame): readonly MonitorEvent[] {
  if (driver === from) return []
  const { sinceMs } = streak
  return [{ kind: 'state-changed', from, to: driver, reason: undefined, tMs, sinceMs }]
}

/** Counts how long the models have been unsure, back to the first frame that was. */
function tellUncertainty(preset: Preset, state: Running, frame: ClassifiedFrame): StepResult {
  const { driver, from, streak, stepMs, tMs } = frame
  const unsure = driver === 'unsure'
  const late = unsure && from !== 'unsure' && streak.says === 'unsure'
  const unsureMs = late ? streak.elapsedMs : stepMs
  const counted = countUncertainty(state.uncertainty, preset.uncertainty, unsure, unsureMs)
  const { due } = counted
  const events: readonly MonitorEvent[] =
    due === undefined ? [] : [{ kind: 'notice', tMs, problem: uncertaintyNotice(due) }]
  return { state: { ...state, uncertainty: counted.state }, events }
}
