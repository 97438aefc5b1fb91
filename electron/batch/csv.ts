import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import { RoadwardError } from '../core/errors.ts'

/** One row of a CSV file. */
export interface CsvRow {
  readonly cells: readonly string[]
  /** Line of the file, from 1, for messages. */
  readonly line: number
}

/** How much of an odd cell or header is worth showing. */
const SHOWN_CHARACTERS = 60

/**
 * Reads a CSV file row by row, the header included; empty lines are passed over.
 * @param length only so many bytes
 * @throws RoadwardError `csv-unreadable`
 */
export async function* readCsv(path: string, length?: number): AsyncGenerator<CsvRow, void> {
  if (length === 0) return
  const file = createReadStream(path, length === undefined ? {} : { end: length - 1 })
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  })
  file.on('error', (error) => parser.destroy(error))
  try {
    for await (const row of file.pipe(parser) as AsyncIterable<ParsedRow>) {
      yield { cells: row.record, line: row.info.lines }
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RoadwardError(
      'csv-unreadable',
      `${path} cannot be read: ${reason}.`,
      'Check its path and that it is a CSV file.',
      { cause },
    )
  } finally {
    file.destroy()
  }
}

interface ParsedRow {
  readonly record: string[]
  readonly info: { readonly lines: number }
}

/** One row with its end of line. */
export function csvLine(cells: readonly string[]): string {
  return stringify([cells])
}

/** What is wrong in which line. */
export function csvError(
  code: 'submission-csv' | 'truth-csv',
  path: string,
  line: number,
  what: string,
  tip: string,
): RoadwardError {
  return new RoadwardError(code, `${path}, line ${line}: it ${what}.`, tip)
}

/** A row for a message. */
export function shown(cells: readonly string[]): string {
  const text = cells.join(',')
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
}
