import type { Level } from '../../../electron/core/monitor/level.ts'

/** What a person looks for in the list; texts as they stand in the fields. */
export interface DriveFilter {
  readonly text: string
  /** `2026-11-24`, of this computer's calendar, or empty. */
  readonly from: string
  /** The last day that counts. */
  readonly to: string
  readonly level: Level | undefined
  readonly unreviewed: boolean
}

export const NO_FILTER: DriveFilter = {
  text: '',
  from: '',
  to: '',
  level: undefined,
  unreviewed: false,
}

export function isFiltered(filter: DriveFilter): boolean {
  const { text, from, to, level, unreviewed } = filter
  return text.trim() !== '' || from !== '' || to !== '' || level !== undefined || unreviewed
}

/** The query of `GET /api/drives`; what nobody asked for is left out. */
export function queryOf(filter: DriveFilter): Record<string, string> {
  const query: Record<string, string> = { ...periodOf(filter) }
  const text = filter.text.trim()
  if (text !== '') query['text'] = text
  if (filter.level !== undefined) query['level'] = filter.level
  if (filter.unreviewed) query['unreviewed'] = 'yes'
  return query
}

/** From the first instant of the first day to the last of the last. */
export function periodOf({ from, to }: DriveFilter): { from?: string; to?: string } {
  const start = dayStart(from, 0)
  const end = dayStart(to, 1)
  return {
    ...(start === undefined ? {} : { from: `${start}` }),
    ...(end === undefined ? {} : { to: `${end - 1}` }),
  }
}

function dayStart(day: string, addDays: number): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? []
  if (year === undefined || month === undefined || date === undefined) return undefined
  // Through the calendar, because days last 23 or 25 hours twice a year.
  return new Date(Number(year), Number(month) - 1, Number(date) + addDays).getTime()
}
