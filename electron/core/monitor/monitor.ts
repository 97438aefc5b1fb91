import { capOf } from './rules.ts'
import type { MonitorEvent } from './events.ts'
import type { Millis, ViewStats } from '../frame.ts'
import { adopt, judge } from './judge.ts'
import { INITIAL_STATE } from './monitorState.ts'
import type { MonitorState, Running } from './monitorState.ts'
import { applyPolicy } from './policy.ts'
import type { Prediction } from '../prediction.ts'
import type { Preset } from './preset.ts'
import { elapse, followClock, goBlind, restoredEvents, start } from './sight.ts'
import type { Step } from './sight.ts'
import { unreachable } from '../unreachable.ts'
import { checkView } from './view.ts'

/** What happens to the monitor, on the clock of the frames. */
export type MonitorInput =
  | {
      readonly kind: 'frame'
      readonly tMs: Millis
      /** Missing when the ensemble did not judge this frame. */
      readonly prediction?: Prediction | undefined
      readonly view: ViewStats
      /** Missing when the vehicle's speed is unknown. */
      readonly speedKmh?: number | undefined
    }
  /** The picture is away, or the clock ticks while no frames come. Timers stand still. */
  | { readonly kind: 'gap'; readonly tMs: Millis }
  /** The driver silences the alert that is up, until it rises or ends. Never stops monitoring. */
  | { readonly kind: 'acknowledge'; readonly tMs: Millis }

/** The state at the start of a drive. */
export function initialMonitor(preset: Preset): MonitorState {
  return { preset: preset.id, ...INITIAL_STATE }
}

/**
 * One input, pure: the same inputs give the same events, at any replay speed and from any snapshot.
 * Never throws on finite times and probabilities.
 */
export function step(
  preset: Preset,
  state: MonitorState,
  input: MonitorInput,
): { readonly state: MonitorState; readonly events: readonly MonitorEvent[] } {
  switch (input.kind) {
    case 'frame':
      return onFrame(preset, start(state, input.tMs), input)
    case 'gap':
      return elapse(preset, start(state, input.tMs), input.tMs)
    case 'acknowledge': {
      const { alert } = state
      if (alert === undefined) return { state, events: [] }
      return { state: { ...state, alert: { ...alert, acknowledged: true } }, events: [] }
    }
    default:
      return unreachable(input)
  }
}

type FrameInput = Extract<MonitorInput, { kind: 'frame' }>

function onFrame(preset: Preset, state: Running, input: FrameInput): Step {
  const { tMs, prediction } = input
  const onTime = followClock(preset, state, tMs)
  const elapsed = elapse(preset, onTime.state, tMs)
  const told = [...onTime.events, ...elapsed.events]
  const { view: before, clock } = elapsed.state
  const stepMs = Math.min(tMs - clock.frameMs, preset.filter.maxStepMs)
  const view = checkView(before, input.view, preset.filter.view, stepMs)
  const seen: Running = {
    ...elapsed.state,
    view,
    clock: { ...clock, frameMs: tMs },
    speedKmh: input.speedKmh,
  }
  if (prediction === undefined || view.fault !== undefined) {
    const unseen = explainBlindness(seen)
    return { state: unseen.state, events: [...told, ...unseen.events] }
  }
  const judgement = judge(preset, seen, { tMs, prediction })
  const adopted = adopt(preset, seen, judgement)
  const cap = capOf(preset, input.speedKmh)
  const acted = applyPolicy(preset, adopted.state, judgement, cap)
  const events = [...told, ...restoredEvents(seen, tMs), ...adopted.events, ...acted.events]
  return { state: acted.state, events }
}

/** A blind monitor that gets frames again, but still cannot use them, gives the reason it has now. */
function explainBlindness(state: Running): Step {
  const { driver, blindReason, clock, view } = state
  const reason = view.fault ?? 'unjudged'
  const same = blindReason === reason || blindReason === 'starting'
  if (driver !== 'blind' || same) return { state, events: [] }
  return goBlind(state, reason, clock.frameMs)
}
