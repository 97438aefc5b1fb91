import type { EngineEventOf } from '../../contract/events.ts'
import type { Millis } from '../../core/frame.ts'
import { CLASSES } from '../../core/labels.ts'
import type { MonitorState } from '../../core/monitor/monitorState.ts'
import type { StateSample } from './spans.ts'

/** How the policy stood after an input that is replayed. */
export function sampleOfState(tMs: Millis, state: MonitorState): StateSample {
  const { driver, blindReason, belief, alert } = state
  const probabilities = belief?.probabilities
  const likeliest = probabilities?.indexOf(Math.max(...probabilities))
  return {
    tMs,
    state: driver,
    reason: blindReason,
    top: likeliest === undefined ? undefined : CLASSES[likeliest],
    level: alert?.level,
  }
}

/** The same, of a frame as the engine tells it. */
export function sampleOfFrame({ tMs, status }: EngineEventOf<'prediction'>): StateSample {
  const { driver, blindReason, top, level } = status
  return { tMs, state: driver, reason: blindReason, top, level }
}
