import type { Millis, ViewStats } from '../frame.ts'
import type { Prediction } from '../prediction.ts'
import { unreachable } from '../unreachable.ts'
import { updateAlert } from './alerts.ts'
import { elapse, takeFrame } from './availability.ts'
import { classifyFrame } from './classification.ts'
import { followClock, startClock } from './clock.ts'
import { countTime } from './dwell.ts'
import type { MonitorEvent } from './events.ts'
import { INITIAL_STATE } from './monitorState.ts'
import type { MonitorState, Running } from './monitorState.ts'
import type { Preset } from './preset.ts'
import type { StepResult } from './stepResult.ts'

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
      return onFrame(preset, startClock(state, input.tMs), input)
    case 'gap':
      return elapse(preset, startClock(state, input.tMs), input.tMs)
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

/** The way of a frame: each stage once, in this order. */
function onFrame(preset: Preset, started: Running, input: FrameInput): StepResult {
  const { tMs, prediction, view, speedKmh } = input
  const judged = prediction !== undefined
  const onTime = followClock(preset, started, tMs)
  const seen = takeFrame(preset, onTime.state, { tMs, view, speedKmh, judged })
  const told = [...onTime.events, ...seen.events]
  if (!judged || !seen.usable) return { state: seen.state, events: told }
  const classified = classifyFrame(preset, seen.state, { tMs, prediction })
  const counted = countTime(preset, classified.state, classified.frame)
  const alerted = updateAlert(preset, counted.state, classified.frame, counted.attention)
  return { state: alerted.state, events: [...told, ...classified.events, ...alerted.events] }
}
