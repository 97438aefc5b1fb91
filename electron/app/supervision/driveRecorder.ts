import type { EngineEventOf } from '../../contract/events.ts'
import type { DriveRequest, MonitorEvent } from '../../contract/monitorApi.ts'

/** Keeps drives: it hears everything, in order, also what is of no use to screens. */
export interface DriveRecorder {
  starting(request: DriveRequest): void
  event(event: MonitorEvent | EngineEventOf<'input' | 'snapshot'>): void
}
