import { existsSync } from 'node:fs'
import { open, rm, truncate, type FileHandle } from 'node:fs/promises'
import type { SubmissionOrigin } from '../contract/submissionOrigin.ts'
import { RoadwardError } from '../core/errors.ts'
import { cellsOf, SUBMISSION_COLUMNS, UNKNOWN } from '../core/evaluation/submission.ts'
import { csvLine } from './csv.ts'
import { readSubmission } from './submissionFile.ts'
import { checkOrigin, notePath, writeOrigin } from './submissionOrigin.ts'

const NEW_LINE = 0x0a
/** How much of the end of a file is looked at for its last line: far more than a row is long. */
const TAIL_BYTES = 65_536

/** A submission that is being written; it can be left at any time and gone on with later. */
export class SubmissionOutput implements AsyncDisposable {
  /** Rows that are in the file. */
  readonly rows: number
  /** Pictures among them that could not be read. */
  readonly unknown: readonly string[]
  readonly #file: FileHandle

  private constructor(file: FileHandle, kept: KeptRows) {
    this.#file = file
    this.rows = kept.rows
    this.unknown = kept.unknown
  }

  /**
   * Begins the file, or goes on after its last whole row.
   * @param names the pictures in the order of the rows
   * @throws RoadwardError `submission-exists`, `submission-other`, `submission-csv`
   */
  static async open(
    out: string,
    names: readonly string[],
    origin: SubmissionOrigin,
    overwrite: boolean,
  ): Promise<SubmissionOutput> {
    if (overwrite) await rm(out, { force: true })
    const fresh = !existsSync(out)
    if (!fresh) await checkOrigin(out, origin)
    // The note comes first: a file without one is never ours to go on with.
    if (fresh) await writeOrigin(out, origin)
    const kept = fresh ? { rows: 0, bytes: 0, unknown: [] } : await keepWholeRows(out, names)
    const file = await open(out, 'a')
    if (kept.bytes === 0) await file.appendFile(csvLine(SUBMISSION_COLUMNS))
    return new SubmissionOutput(file, kept)
  }

  async write(image: string, probabilities: readonly number[]): Promise<void> {
    await this.#file.appendFile(csvLine([image, ...cellsOf(probabilities)]))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }
}

interface KeptRows {
  readonly rows: number
  readonly bytes: number
  readonly unknown: readonly string[]
}

/** Counts the whole rows, each of which must name its picture, and cuts off half of one. */
async function keepWholeRows(out: string, names: readonly string[]): Promise<KeptRows> {
  const bytes = await wholeLines(out)
  const unknown: string[] = []
  let rows = 0
  for await (const { image, probabilities, line } of readSubmission(out, bytes)) {
    if (image !== names[rows]) {
      throw new RoadwardError(
        'submission-other',
        `${out}, line ${line}: it names ${image} where ${names[rows] ?? 'nothing'} should be.`,
        `Start over with --overwrite; ${notePath(out)} does not belong to this file.`,
      )
    }
    if (probabilities.every((p, i) => p === UNKNOWN[i])) unknown.push(image)
    rows += 1
  }
  await truncate(out, bytes)
  return { rows, bytes, unknown }
}

/** Bytes up to the end of the last whole line. */
async function wholeLines(path: string): Promise<number> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - TAIL_BYTES)
    const tail = Buffer.alloc(size - from)
    await file.read(tail, 0, tail.length, from)
    const last = tail.lastIndexOf(NEW_LINE)
    return last === -1 ? 0 : from + last + 1
  } finally {
    await file.close()
  }
}
