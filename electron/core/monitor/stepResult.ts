import type { MonitorEvent } from './events.ts'
import type { Running } from './monitorState.ts'

/** What every stage of the monitor returns: a state, and what has to be told on the way to it. */
export interface StepResult {
  readonly state: Running
  readonly events: readonly MonitorEvent[]
}

/** The result of a stage that has nothing to tell. */
export function quietly(state: Running): StepResult {
  return { state, events: [] }
}
