import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RoadwardError } from '../core/errors.ts'
import { CLASSES } from '../core/labels.ts'
import { grown } from '../core/evaluation/grown.ts'
import { cellsOf, parseCells, SUBMISSION_COLUMNS } from '../core/evaluation/submission.ts'
import { csvError, csvLine, readCsv, shown } from './csv.ts'

const HEADER = SUBMISSION_COLUMNS.join(',')
/** How many of the pictures that are wrong a message names. */
const NAMED = 3

/** One picture of a submission. */
export interface SubmissionRow {
  readonly image: string
  /** Ten numbers from 0 on, not all 0; they need not sum to 1. */
  readonly probabilities: readonly number[]
}

/** A row where it stands in a file. */
interface FileRow extends SubmissionRow {
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
): AsyncGenerator<FileRow, void> {
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

/** Writes a submission; `path` appears when it is whole, and what was there stays until then. */
export async function writeSubmission(path: string, rows: Iterable<SubmissionRow>): Promise<void> {
  const part = `${path}.part`
  try {
    await pipeline(Readable.from(linesOf(rows)), createWriteStream(part))
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

function* linesOf(rows: Iterable<SubmissionRow>): Generator<string, void> {
  yield csvLine(SUBMISSION_COLUMNS)
  for (const { image, probabilities } of rows) yield csvLine([image, ...cellsOf(probabilities)])
}

/**
 * Picture files by their names, in the same order: a row has the picture's name only.
 * @throws RoadwardError `submission-names` for two pictures of one name
 */
export function pathsByName(paths: readonly string[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const path of paths) {
    const name = basename(path)
    if (files.has(name)) {
      throw new RoadwardError(
        'submission-names',
        `Two pictures are called ${name}: the rows of a submission could not tell them apart.`,
        'Name a folder or glob with every name once.',
      )
    }
    files.set(name, path)
  }
  return files
}

/** How many pictures, and the names of the first few. */
export function listed(images: readonly string[]): string {
  const rest = images.length - NAMED
  const named = images.slice(0, NAMED).join(', ')
  const count = images.length === 1 ? '1 picture' : `${images.length} pictures`
  return `${count} (${named}${rest > 0 ? ` and ${rest} more` : ''})`
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
    this.#values = grown(this.#values, at + CLASSES.length)
    this.#values.set(probabilities, at)
    this.#index.set(image, this.#index.size)
  }
}

function wrong(path: string, line: number, what: string): RoadwardError {
  return csvError('submission-csv', path, line, what, 'Use a file that `roadward submit` wrote.')
}
