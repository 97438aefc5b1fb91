import { STATES, type PredictionTable } from '../../../electron/contract/predictionTable.ts'

const BLIND = STATES.indexOf('blind')

/** The nine unsafe classes; what they leave of the height is P(c0). */
export const STACKED = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

type Column = (number | null)[]

/**
 * Times, then sums of the classes from the ninth down to the first alone, as uPlot paints them one
 * over the other. `null`, which is uPlot's word for a hole, where nobody was watching.
 */
export function stackOf(table: PredictionTable): [number[], ...Column[]] {
  const rows = table.tMs.length
  const times = Array.from({ length: rows }, (_, row) => middleOf(table, row))
  const sums: Column[] = STACKED.map(() => new Array<number | null>(rows).fill(null))
  for (let row = 0; row < rows; row += 1) {
    if (table.state[row] === BLIND) continue
    let sum = 0
    for (const id of STACKED) {
      sum += table.probabilities[id]?.[row] ?? 0
      const column = sums[id - 1]
      if (column !== undefined) column[row] = Math.min(1, sum)
    }
  }
  return [times, ...sums.reverse()]
}

/** A mean stands in the middle of its stretch. */
function middleOf({ tMs, toMs }: PredictionTable, row: number): number {
  return ((tMs[row] ?? 0) + (toMs[row] ?? 0)) / 2
}
