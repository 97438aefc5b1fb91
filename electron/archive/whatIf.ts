import { setImmediate as turn } from 'node:timers/promises'
import type { StoredEvent, StoredSpan } from '../contract/archive.ts'
import { whatIfSchema, type WhatIf } from '../contract/drives.ts'
import { monitorEvent } from '../contract/monitorEvents.ts'
import { initialMonitor, step } from '../core/monitor/monitor.ts'
import type { MonitorInput } from '../core/monitor/monitor.ts'
import type { MonitorState } from '../core/monitor/monitorState.ts'
import type { Preset } from '../core/monitor/preset.ts'
import { PackedRows } from './driveLog/chunk.ts'
import type { Database } from './database.ts'
import { EpisodeTracker } from './driveLog/episodes.ts'
import { sampleOfState } from './driveLog/stateSample.ts'
import { SpanTracker } from './driveLog/spans.ts'

/** The process answers others after so many chunks. */
const TURN_EVERY = 60

/** Runs a preset over the inputs that a drive kept. With its own preset it gives what it gave. */
export async function whatIf(db: Database, drive: number, preset: Preset): Promise<WhatIf> {
  const replay = new Replay(preset)
  const next = db.prepare(
    'SELECT id, rows FROM chunks WHERE drive = ? AND id > ? ORDER BY id LIMIT ?',
  )
  let last = 0
  for (;;) {
    // In portions: an open cursor would keep the recorder from writing.
    const chunks = next.all(drive, last, TURN_EVERY) as { id: number; rows: Buffer }[]
    for (const { rows } of chunks) replay.chunk(new PackedRows(rows))
    last = chunks.at(-1)?.id ?? last
    if (chunks.length < TURN_EVERY) {
      // Their numbers within the drive are of no use to anybody else.
      return whatIfSchema.parse({ preset: preset.id, ...replay.result() })
    }
    await turn()
  }
}

class Replay {
  readonly #preset: Preset
  readonly #spans = new SpanTracker()
  readonly #episodes = new EpisodeTracker()
  #state: MonitorState

  constructor(preset: Preset) {
    this.#preset = preset
    this.#state = initialMonitor(preset)
  }

  chunk(rows: PackedRows): void {
    for (let row = 0; row < rows.length; row++) this.#input(rows.input(row))
  }

  result(): { events: StoredEvent[]; spans: StoredSpan[] } {
    return { events: this.#episodes.take(), spans: this.#spans.take() }
  }

  #input(input: MonitorInput): void {
    const { state, events } = step(this.#preset, this.#state, input)
    this.#state = state
    for (const event of events.map(monitorEvent)) {
      // What each fold said in full is kept with recorded events only.
      if (event.type === 'alert') this.#episodes.alert(event, [])
      if (event.type === 'cleared') this.#episodes.cleared(event)
    }
    this.#spans.add(sampleOfState(input.tMs, state))
  }
}
