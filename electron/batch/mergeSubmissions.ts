import { RoadwardError } from '../core/errors.ts'
import { mergeRows, type MergeMethod } from '../core/evaluation/submission.ts'
import { listed, SubmissionTable, writeSubmission, type SubmissionRow } from './submissionFile.ts'

export interface MergeOptions {
  /** Two or more submissions. */
  readonly files: readonly string[]
  readonly out: string
  readonly method: MergeMethod
  /** One above 0 for each file; equal when not given. */
  readonly weights: readonly number[] | undefined
}

/**
 * Merges submissions of the same pictures into one, in the order of the first. `out` appears when it
 * is whole.
 * @returns the number of pictures
 * @throws RoadwardError `merge-weights`, `merge-mismatch` naming pictures, and as `SubmissionTable`
 */
export async function mergeSubmissions(options: MergeOptions): Promise<number> {
  const { files, out, method } = options
  const weights = options.weights ?? files.map(() => 1)
  if (weights.length !== files.length) {
    throw new RoadwardError(
      'merge-weights',
      `There are ${weights.length} weights for ${files.length} files.`,
      'Give one weight for each file, as --weights 1,2.',
    )
  }
  const tables: SubmissionTable[] = []
  for (const file of files) {
    const table = await SubmissionTable.read(file)
    checkSame(tables[0] ?? table, table)
    tables.push(table)
  }
  await writeSubmission(out, mergedRows(tables, weights, method))
  return tables[0]?.size ?? 0
}

function* mergedRows(
  tables: readonly SubmissionTable[],
  weights: readonly number[],
  method: MergeMethod,
): Generator<SubmissionRow, void> {
  for (const image of tables[0]?.images ?? []) {
    const rows = tables.map((table, i) => ({ values: table.row(image), weight: weights[i] ?? 1 }))
    yield { image, probabilities: mergeRows(rows, method) }
  }
}

function checkSame(first: SubmissionTable, table: SubmissionTable): void {
  const missing = [...first.images].filter((image) => !table.has(image))
  const extra = [...table.images].filter((image) => !first.has(image))
  if (missing.length === 0 && extra.length === 0) return
  const parts = [
    ...(missing.length === 0 ? [] : [`lacks ${listed(missing)} of ${first.path}`]),
    ...(extra.length === 0 ? [] : [`has ${listed(extra)} that ${first.path} lacks`]),
  ]
  throw new RoadwardError(
    'merge-mismatch',
    `${table.path} is not about the same pictures: it ${parts.join(' and ')}.`,
    'Merge submissions of one set of pictures.',
  )
}
