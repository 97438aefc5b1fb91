import type { Resumption } from '../../../electron/contract/archive.ts'
import type { EngineEvent } from '../../../electron/contract/events.ts'
import { CLASSES, type ClassId } from '../../../electron/core/labels.ts'
import type { Preset } from '../../../electron/core/monitor/preset.ts'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import { DriveLog } from '../../../electron/archive/driveLog/driveLog.ts'
import { Drive } from '../../../electron/engine/drive/drive.ts'
import type { EnsemblePort } from '../../../electron/engine/inference/ensemblePort.ts'
import { frameItem, ScriptedSource } from '../engine/drive/fakes.ts'

/** Ten frames a second of what the driver does. */
export const STEP_MS = 100

/** What a model would say of each frame; any ten numbers that are probabilities. */
export type Beliefs = readonly (readonly number[])[]

/** A model that is sure of itself. */
export function sure(id: ClassId, frames: number): Beliefs {
  return Array.from({ length: frames }, () => CLASSES.map((each) => (each === id ? 0.982 : 0.002)))
}

function ensembleOf(beliefs: Beliefs): EnsemblePort {
  return {
    manifest: { id: 'fake', version: '1.0.0', folds: [] },
    provider: 'cpu',
    problems: [],
    foldNames: ['fold-1', 'fold-2'],
    predict: ({ seq, tMs }) => {
      const probabilities = beliefs[seq] ?? []
      const top = CLASSES[probabilities.indexOf(Math.max(...probabilities))] ?? 'c0'
      return Promise.resolve({
        seq,
        tMs,
        probabilities,
        top,
        folds: [probabilities, probabilities.map((p) => p * 0.9)],
        disagreement: 0.1,
        entropy: 0.05,
        foldNames: ['fold-1', 'fold-2'],
        problems: [],
        latencyMs: { prepare: 0, infer: 0, combine: 0 },
      })
    },
    warmUp: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

/** What the engine tells of such a drive, message by message. */
export async function tellDrive(
  beliefs: Beliefs,
  preset: Preset = ROADWARD,
): Promise<EngineEvent[][]> {
  const messages: EngineEvent[][] = []
  const source = new ScriptedSource(
    'video',
    beliefs.map((_, seq) => frameItem(seq, seq * STEP_MS)),
  )
  const drive = new Drive({
    source,
    ensemble: ensembleOf(beliefs),
    preset,
    resume: undefined,
    emit: (events) => messages.push(events),
    signal: new AbortController().signal,
  })
  await drive.run()
  return messages
}

/** Hears all of it. */
export function logOf(messages: readonly EngineEvent[][], resumed?: Resumption): DriveLog {
  const log = new DriveLog(resumed)
  for (const event of messages.flat()) log.event(event)
  return log
}
