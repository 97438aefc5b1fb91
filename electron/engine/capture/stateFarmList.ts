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

/**
 * Parses `driver_imgs_list.csv` (Kaggle, State Farm Distracted Driver Detection, 2016).
 * @param path names the file in errors
 * @throws RoadwardError `statefarm-csv` with the line
 */
export function parseStateFarmList(text: string, path: string): StateFarmRow[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines[0]?.trim() !== HEADER) {
    refuse(path, 1, `should read "${HEADER}" but reads "${shorten(lines[0] ?? '')}"`)
  }
  const rows: StateFarmRow[] = []
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '') continue
    rows.push(parseRow(line, path, index + 1))
  }
  if (rows.length === 0) refuse(path, 2, 'should name the first picture, but the list ends')
  return rows
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

function parseRow(line: string, path: string, number: number): StateFarmRow {
  const [driver, classname, image, ...more] = line.split(',').map((cell) => cell.trim())
  if (!driver || !classname || !image || more.length > 0) {
    refuse(path, number, `should have three values (${HEADER}) but reads "${shorten(line)}"`)
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
