import { combine } from '../ensemble/ensemble.ts'
import { CLASSES } from '../labels.ts'

/** The columns of a submission. Source: Kaggle, State Farm Distracted Driver Detection (2016). */
export const SUBMISSION_COLUMNS = ['img', ...CLASSES] as const

/** What is said of a picture that could not be read: Kaggle refuses a file with rows missing. */
export const UNKNOWN: readonly number[] = CLASSES.map(() => 1 / CLASSES.length)

/** Seven figures of a probability are more than a 32-bit network knows. */
const FIGURES = 7

/** How several submissions become one: as the folds of an ensemble do. */
export type MergeMethod = 'average' | 'geometric'

/** Probabilities as the cells of a row. */
export function cellsOf(probabilities: readonly number[]): string[] {
  return probabilities.map((p) => String(Number(p.toPrecision(FIGURES))))
}

/** Ten probabilities from the cells of a row; what is wrong with it otherwise. */
export function parseCells(cells: readonly string[]): readonly number[] | string {
  if (cells.length !== CLASSES.length) {
    return `has ${cells.length + 1} values instead of ${SUBMISSION_COLUMNS.length}`
  }
  const [problem] = cells.flatMap((cell, i) =>
    isProbability(cell) ? [] : [`has "${cell}" for c${i}: no number from 0 on`],
  )
  if (problem !== undefined) return problem
  const values = cells.map(Number)
  return values.some((value) => value > 0) ? values : 'has no probability above 0'
}

/** What one submission says of a picture. */
interface WeightedRow {
  readonly values: readonly number[]
  /** Above 0; only the ratios count. */
  readonly weight: number
}

/**
 * One picture's rows of several submissions as one row. Every row is rescaled to sum 1 first, so
 * that weights mean what they say; a 0 counts as 1e-15 in the geometric mean.
 */
export function mergeRows(rows: readonly WeightedRow[], method: MergeMethod): readonly number[] {
  const outputs = rows.map((row) => ({ kind: 'probabilities' as const, ...row }))
  const combination = method === 'average' ? 'mean-probabilities' : 'geometric'
  return combine(outputs, combination, 1).probabilities
}

function isProbability(cell: string): boolean {
  const value = Number(cell)
  return cell.trim() !== '' && Number.isFinite(value) && value >= 0
}
