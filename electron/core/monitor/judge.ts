import { beliefOf, follow, topUnsafe } from './belief.ts'
import type { Belief } from './belief.ts'
import { countDoubt } from './doubt.ts'
import type { MonitorEvent } from './events.ts'
import type { Millis } from '../frame.ts'
import type { Running } from './monitorState.ts'
import { doubtNotice } from './notices.ts'
import type { Prediction } from '../prediction.ts'
import type { Preset } from './preset.ts'
import { advanceRun } from './run.ts'
import type { Run } from './run.ts'
import { cannotDecide, settle } from './settling.ts'
import type { Settling } from './settling.ts'
import type { Step } from './sight.ts'
import { nextDriver, verdictOf } from './verdict.ts'
import type { DriverState, Verdict } from './verdict.ts'

/** One usable frame, judged. */
export interface Judgement {
  readonly tMs: Millis
  /** Time since the last judged frame, capped. */
  readonly stepMs: Millis
  readonly fresh: Belief
  readonly freshVerdict: Verdict
  readonly belief: Belief
  readonly smoothedVerdict: Verdict
  readonly run: Run
  /** The run that this frame ended. */
  readonly ended: Run | undefined
  readonly settling: Settling
  /** Driver state before and with this frame. */
  readonly from: DriverState
  readonly driver: DriverState
}

/** Smooths one prediction into the belief and names the driver's state. */
export function judge(
  { filter }: Preset,
  state: Running,
  frame: { readonly tMs: Millis; readonly prediction: Prediction },
): Judgement {
  const { tMs } = frame
  const dtMs = tMs - state.clock.usableMs
  const stepMs = Math.min(dtMs, filter.maxStepMs)
  const doubtful = state.driver === 'unsure'
  const fresh = beliefOf(frame.prediction)
  const belief = follow(state.belief, fresh, dtMs, filter)
  const freshVerdict = verdictOf(fresh, filter, false)
  const smoothedVerdict = verdictOf(belief, filter, doubtful)
  const run = advanceRun(state.run, { tMs, verdict: freshVerdict, top: topUnsafe(fresh) }, stepMs)
  const ended = run.verdict === state.run?.verdict ? undefined : state.run
  const settling = settle(state.settling, smoothedVerdict, freshVerdict, stepMs, filter)
  const undecided = cannotDecide(settling, filter, doubtful)
  const from = state.driver
  const driver = nextDriver(from, smoothedVerdict, freshVerdict, undecided)
  return {
    tMs,
    stepMs,
    fresh,
    freshVerdict,
    belief,
    smoothedVerdict,
    run,
    ended,
    from,
    driver,
    settling,
  }
}

/** Takes the judgement into the state: driver, belief and doubt, but no unsafe time yet. */
export function adopt(preset: Preset, state: Running, judgement: Judgement): Step {
  const { tMs, stepMs, run, from, driver, belief, settling } = judgement
  const unsure = driver === 'unsure'
  const late = unsure && from !== 'unsure' && run.verdict === 'unsure'
  const doubtMs = late ? run.elapsedMs : stepMs
  const doubt = countDoubt(state.doubt, preset.doubt, unsure, doubtMs)
  const events: MonitorEvent[] = []
  if (driver !== from) {
    const { sinceMs } = run
    events.push({ kind: 'state-changed', from, to: driver, reason: undefined, tMs, sinceMs })
  }
  if (doubt.due !== undefined) {
    events.push({ kind: 'notice', tMs, problem: doubtNotice(doubt.due) })
  }
  const adopted: Running = {
    ...state,
    driver,
    blindReason: undefined,
    clock: { ...state.clock, usableMs: tMs },
    belief,
    run,
    settling,
    doubt: doubt.state,
  }
  return { state: adopted, events }
}
