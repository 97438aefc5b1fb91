import { STATES, type PredictionTable } from '../../../electron/contract/predictionTable.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import { CLASSES, type ClassId } from '../../../electron/core/labels.ts'
import type { DriverState } from '../../../electron/core/monitor/driverState.ts'
import type { SessionState } from './sessionState.ts'
import { indexAt } from './transport.ts'
import type { Window } from './window.ts'

/** What the networks said of the frame under the playhead. */
export interface Reading {
  readonly tMs: Millis
  readonly probabilities: readonly number[]
  readonly unsafe: number
  readonly disagreement: number
  readonly entropy: number
  readonly state: DriverState
  /** Of one frame; otherwise the mean over this long. */
  readonly meanMs: Millis
}

/** The finest table that knows the time of the playhead. */
export function readingAt(
  { frames, detail, overview }: SessionState,
  tMs: Millis,
): Reading | undefined {
  const table = [frames, detail, overview].find((each) => each !== undefined && covers(each, tMs))
  return table === undefined ? undefined : readingOf(table, tMs)
}

/** The class on top, c0 where nothing is known. */
export function topOf(reading: Reading | undefined): ClassId {
  const probabilities = reading?.probabilities ?? [1]
  return CLASSES[probabilities.indexOf(Math.max(...probabilities))] ?? 'c0'
}

/** The table to draw a window with: the detail where it knows all of it. */
export function tableFor({ detail, overview }: SessionState, window: Window) {
  const fits =
    detail !== undefined &&
    (detail.tMs[0] ?? Infinity) <= Math.max(window.fromMs, overview?.tMs[0] ?? 0) + slack(detail) &&
    (detail.toMs.at(-1) ?? 0) + slack(detail) >=
      Math.min(window.toMs, overview?.toMs.at(-1) ?? window.toMs)
  return fits ? detail : (overview ?? detail)
}

/** Rows are not further apart than this, unless frames are missing. */
function slack({ tMs, toMs }: PredictionTable): Millis {
  const rows = Math.max(1, tMs.length)
  return Math.max(1000, (2 * ((toMs.at(-1) ?? 0) - (tMs[0] ?? 0))) / rows)
}

function covers(table: PredictionTable, tMs: Millis): boolean {
  return (table.tMs[0] ?? Infinity) <= tMs && tMs <= (table.toMs.at(-1) ?? 0) + slack(table)
}

function readingOf(table: PredictionTable, tMs: Millis): Reading | undefined {
  const row = indexAt(table.tMs, tMs + 0.5)
  if (row < 0) return undefined
  const at = table.tMs[row] ?? 0
  return {
    tMs: at,
    probabilities: table.probabilities.map((column) => column[row] ?? 0),
    unsafe: table.unsafe[row] ?? 0,
    disagreement: table.disagreement[row] ?? 0,
    entropy: table.entropy[row] ?? 0,
    state: STATES[table.state[row] ?? 3] ?? 'blind',
    meanMs: (table.toMs[row] ?? at) - at,
  }
}
