import type { EngineEvent } from './events.ts'
import type { MonitorEvent } from '../core/monitor/events.ts'
import { unreachable } from '../core/unreachable.ts'

/** An event of the policy as it crosses the process boundary. */
export function monitorEvent(event: MonitorEvent): EngineEvent {
  switch (event.kind) {
    case 'alert': {
      const { kind, explanation, ...rest } = event
      const { probabilities, smoothed } = explanation
      return {
        type: kind,
        ...rest,
        explanation: {
          ...explanation,
          probabilities: [...probabilities],
          smoothed: [...smoothed],
        },
      }
    }
    case 'cleared': {
      const { kind, ...rest } = event
      return { type: kind, ...rest }
    }
    case 'state-changed':
      return { type: 'state', tMs: event.tMs, state: event.to, reason: event.reason }
    case 'notice':
      return { type: 'notice', tMs: event.tMs, problem: { ...event.problem } }
    default:
      return unreachable(event)
  }
}
