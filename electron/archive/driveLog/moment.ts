import type { EngineEventOf } from '../../contract/events.ts'
import type { Millis } from '../../core/frame.ts'
import { CLASSES } from '../../core/labels.ts'
import type { MonitorState } from '../../core/monitor/monitorState.ts'
import type { Moment } from './spans.ts'

/** How the policy stood after an input that is replayed. */
export function momentOfState(tMs: Millis, state: MonitorState): Moment {
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
export function momentOfFrame({ tMs, status }: EngineEventOf<'prediction'>): Moment {
  const { driver, blindReason, top, level } = status
  return { tMs, state: driver, reason: blindReason, top, level }
}
