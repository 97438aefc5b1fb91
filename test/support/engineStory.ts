import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { DriveRequest, MonitorEvent } from '../../electron/contract/monitorApi.ts'
import { ROADWARD } from '../../electron/core/monitor/presets/roadward.ts'
import { createLog } from '../../electron/app/log.ts'
import { EngineSupervisor } from '../../electron/app/supervision/supervisor.ts'
import { TINY_ENSEMBLE } from './cli.ts'
import { Waiting } from './waiting.ts'

const ENTRY = fileURLToPath(new URL('../../dist/engine/process.js', import.meta.url))

/** A drive through the real engine process, told as it happens. */
export class EngineStory implements AsyncDisposable {
  readonly supervisor: EngineSupervisor
  readonly events: MonitorEvent[] = []
  readonly #waiting = new Waiting()

  constructor(entry = ENTRY) {
    this.supervisor = new EngineSupervisor({ entry, execPath: process.execPath }, createLog(false))
    this.supervisor.subscribe((event) => {
      this.events.push(event)
      this.#waiting.look()
    })
  }

  /** @param uri a recording; ten pictures a second, where it is a folder of them */
  start(uri: string, how: Partial<DriveRequest> = {}): void {
    const options = uri.endsWith('.mp4') ? {} : { framesPerSecond: 10 }
    this.supervisor.start({
      source: { uri, options },
      ensemble: { directory: TINY_ENSEMBLE, providers: ['cpu'], allowBroken: false },
      preset: ROADWARD,
      speed: 'realtime',
      ...how,
    })
  }

  of<T extends MonitorEvent['type']>(type: T): Extract<MonitorEvent, { type: T }>[] {
    return this.events.filter(
      (event): event is Extract<MonitorEvent, { type: T }> => event.type === type,
    )
  }

  /** Resolves as soon as the events so far fulfil the condition. */
  until(condition: () => boolean): Promise<void> {
    return this.#waiting.until(condition)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.supervisor[Symbol.asyncDispose]()
  }
}
