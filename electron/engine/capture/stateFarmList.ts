import { CsvError, parse } from 'csv-parse/sync'
import { CLASSES } from '../../core/labels.ts'
import type { ClassId } from '../../core/labels.ts'
import { sourceError } from '../../contract/sourceErrors.ts'

/** The file that makes a folder a State Farm folder. */
export const STATE_FARM_LIST = 'driver_imgs_list.csv'

/** One row of the list. */
export interface StateFarmRow {
  readonly driver: string
  readonly truth: ClassId
  /** File name without a folder. */
  readonly image: string
}

const HEADER = 'subject,classname,img'

/** The list as it is to be played. */
export interface StateFarmList {
  /** Each picture once. */
  readonly rows: readonly StateFarmRow[]
  /** Rows that say again what another one has said. */
  readonly repeated: number
}

interface CsvRow {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/**
 * Parses `driver_imgs_list.csv` (Kaggle, State Farm Distracted Driver Detection, 2016), also as
 * spreadsheets write it: with quotes, spaces, and columns in another order or beside others.
 * @param path names the file in errors
 * @throws RoadwardError `statefarm-csv` with the line
 */
export function parseStateFarmList(text: string, path: string): StateFarmList {
  const [header, ...lines] = readRows(text, path)
  const at = columnsOf(header?.record ?? [], path)
  const known = new Map<string, StateFarmRow>()
  for (const { record, info } of lines) {
    const row = parseRow(record, at, path, info.lines)
    const before = known.get(row.image)
    if (before !== undefined && (before.driver !== row.driver || before.truth !== row.truth)) {
      const said = `${before.driver},${before.truth}`
      refuse(path, info.lines, `says something else of ${row.image} than a line before (${said})`)
    }
    if (before === undefined) known.set(row.image, row)
  }
  if (known.size === 0) refuse(path, 2, 'should name the first picture, but the list ends')
  return { rows: [...known.values()], repeated: lines.length - known.size }
}

function readRows(text: string, path: string): readonly CsvRow[] {
  const how = {
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  }
  try {
    return parse(text, how) as unknown as CsvRow[]
  } catch (thrown) {
    const line = thrown instanceof CsvError ? Number(thrown['lines']) : 1
    return refuse(path, line, `cannot be read: ${thrown instanceof Error ? thrown.message : ''}`)
  }
}

type Columns = Readonly<Record<'subject' | 'classname' | 'img', number>>

function columnsOf(header: readonly string[], path: string): Columns {
  const [subject, classname, img] = [
    header.indexOf('subject'),
    header.indexOf('classname'),
    header.indexOf('img'),
  ]
  if (Math.min(subject, classname, img) >= 0) return { subject, classname, img }
  return refuse(path, 1, `should read "${HEADER}" but reads "${shorten(header.join(','))}"`)
}

/** Rows by driver, in the order in which the list first names the drivers. */
export function rowsByDriver(rows: readonly StateFarmRow[]): Map<string, StateFarmRow[]> {
  const drivers = new Map<string, StateFarmRow[]>()
  for (const row of rows) {
    const own = drivers.get(row.driver)
    if (own === undefined) drivers.set(row.driver, [row])
    else own.push(row)
  }
  return drivers
}

function parseRow(
  cells: readonly string[],
  at: Columns,
  path: string,
  number: number,
): StateFarmRow {
  const [driver, classname, image] = [cells[at.subject], cells[at.classname], cells[at.img]]
  if (!driver || !classname || !image) {
    refuse(
      path,
      number,
      `should have three values (${HEADER}) but reads "${shorten(cells.join(','))}"`,
    )
  }
  const truth = CLASSES.find((known) => known === classname)
  if (truth === undefined) {
    refuse(path, number, `names the class "${shorten(classname)}", which is not c0 to c9`)
  }
  // A name with a folder in it could point anywhere on the disk.
  if (/[/\\]/.test(image)) refuse(path, number, `names a file with a folder, "${shorten(image)}"`)
  return { driver, truth, image }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function refuse(path: string, line: number, what: string): never {
  throw sourceError(
    'statefarm-csv',
    `${path}, line ${line}: it ${what}.`,
    'Use the driver_imgs_list.csv that came with the pictures.',
  )
}
