import type { RoadwardError } from '../core/errors.ts'
import { CLASSES } from '../core/labels.ts'
import { parseCells, SUBMISSION_COLUMNS } from '../core/submission.ts'
import { csvError, readCsv, shown } from './csv.ts'

const HEADER = SUBMISSION_COLUMNS.join(',')

/** One picture of a submission. */
export interface SubmissionRow {
  readonly image: string
  /** Ten numbers from 0 on, not all 0; they need not sum to 1. */
  readonly probabilities: readonly number[]
  readonly line: number
}

/**
 * Reads a submission row by row.
 * @param length only so many bytes
 * @throws RoadwardError `csv-unreadable`, `submission-csv` with the line
 */
export async function* readSubmission(
  path: string,
  length?: number,
): AsyncGenerator<SubmissionRow, void> {
  let header = true
  for await (const { cells, line } of readCsv(path, length)) {
    if (header) {
      const text = cells.join(',')
      if (text !== HEADER) {
        throw wrong(path, line, `should read "${HEADER}" but reads "${shown(cells)}"`)
      }
      header = false
      continue
    }
    const [image = '', ...rest] = cells
    const probabilities = parseCells(rest)
    if (typeof probabilities === 'string') throw wrong(path, line, probabilities)
    yield { image, probabilities, line }
  }
}

/** All rows of a submission, lean: 80 bytes a picture beside its name. */
export class SubmissionTable {
  readonly path: string
  readonly #index = new Map<string, number>()
  #values = new Float64Array(CLASSES.length * 1024)

  private constructor(path: string) {
    this.path = path
  }

  /** @throws RoadwardError as `readSubmission`, also when a picture occurs twice or none at all */
  static async read(path: string): Promise<SubmissionTable> {
    const table = new SubmissionTable(path)
    for await (const { image, probabilities, line } of readSubmission(path)) {
      if (table.has(image)) throw wrong(path, line, `names ${image} for the second time`)
      table.#add(image, probabilities)
    }
    if (table.size === 0) throw wrong(path, 2, 'should name the first picture, but the file ends')
    return table
  }

  get size(): number {
    return this.#index.size
  }

  /** In the order of the file. */
  get images(): Iterable<string> {
    return this.#index.keys()
  }

  has(image: string): boolean {
    return this.#index.has(image)
  }

  /** @returns ten numbers; none for a picture that is not there */
  row(image: string): readonly number[] {
    const index = this.#index.get(image)
    if (index === undefined) return []
    return Array.from(this.#values.subarray(index * CLASSES.length, (index + 1) * CLASSES.length))
  }

  #add(image: string, probabilities: readonly number[]): void {
    const at = this.#index.size * CLASSES.length
    if (at === this.#values.length) {
      const larger = new Float64Array(2 * this.#values.length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values.set(probabilities, at)
    this.#index.set(image, this.#index.size)
  }
}

function wrong(path: string, line: number, what: string): RoadwardError {
  return csvError('submission-csv', path, line, what, 'Use a file that `roadward submit` wrote.')
}
