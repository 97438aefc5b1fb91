import type { Drive, DriveEvent } from '../../../../electron/contract/drives.ts'
import type { PredictionTable } from '../../../../electron/contract/predictionTable.ts'
import { CLASSES } from '../../../../electron/core/labels.ts'
import { PRESETS } from '../../../../electron/core/monitor/presets/all.ts'

const probabilities = CLASSES.map((_, id) => (id === 1 ? 0.91 : 0.01))

export function event(id: number, tMs: number, change: Partial<DriveEvent> = {}): DriveEvent {
  return {
    id,
    drive: 1,
    sinceMs: tMs - 1500,
    tMs,
    clearedMs: tMs + 3000,
    level: 'warning',
    class: 'c1',
    rule: 'phone-dwell',
    acknowledged: false,
    steps: [
      {
        tMs,
        level: 'warning',
        class: 'c1',
        rule: 'phone-dwell',
        explanation: {
          preset: 'roadward',
          rule: 'phone-dwell',
          threshold: { value: 1500, unit: 'ms' },
          timers: { ruleMs: 1500, unsafeMs: 1500, classMs: 1500 },
          probabilities,
          smoothed: probabilities,
          unsafe: 0.99,
        },
        folds: [probabilities],
      },
    ],
    review: { state: 'needs-review', note: '' },
    ...change,
  }
}

export function drive(events: readonly DriveEvent[], durationMs = 600_000): Drive {
  const [preset] = PRESETS
  if (preset === undefined) throw new Error('no preset')
  return {
    summary: {
      id: 1,
      startedAt: 0,
      origin: 'recording',
      status: 'complete',
      source: { uri: '/x/drive.mp4', kind: 'video', name: 'drive.mp4' },
      labels: {},
      ensemble: { id: 'demo', version: '1.0.0' },
      preset: preset.id,
      durationMs,
      frames: durationMs / 100,
      alerts: { caution: 0, warning: events.length, critical: 0 },
      unreviewed: events.length,
      pictures: 'recording',
    },
    preset,
    folds: ['fold-1'],
    provider: 'cpu',
    programVersion: '0.1.0',
    foldHashes: ['00'],
    spans: [],
    events: [...events],
    problems: [],
  }
}

/** One row every `everyMs`, of which class 1 is likelier from row to row. */
export function table(rows: number, everyMs = 100, fromMs = 0): PredictionTable {
  const tMs = Float64Array.from({ length: rows }, (_, row) => fromMs + row * everyMs)
  const share = (row: number): number => row / Math.max(1, rows - 1)
  return {
    kind: 'frames',
    tMs,
    toMs: tMs,
    probabilities: CLASSES.map((_, id) =>
      Float32Array.from({ length: rows }, (_, row) =>
        id === 0 ? 1 - share(row) : id === 1 ? share(row) : 0,
      ),
    ),
    unsafe: Float32Array.from({ length: rows }, (_, row) => share(row)),
    disagreement: new Float32Array(rows),
    entropy: new Float32Array(rows),
    state: new Uint8Array(rows),
  }
}
