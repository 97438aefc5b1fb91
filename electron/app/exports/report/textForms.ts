import { stringify } from 'csv-stringify/sync'
import type { Separator } from '../../../contract/exports.ts'
import { driveRows, eventRows } from './eventRows.ts'
import { ratesOf } from './figures.ts'
import type { Report } from './report.ts'

/** Names of the columns, also where there is no line. */
const EVENT_COLUMNS = [
  'event',
  'drive',
  'driveName',
  'driveStartedAt',
  'driver',
  'vehicle',
  'preset',
  'sinceMs',
  'roseMs',
  'clearedMs',
  'level',
  'class',
  'className',
  'rule',
  'thresholdMs',
  'ruleMs',
  'unsafe',
  'acknowledged',
  'reactionMs',
  'review',
  'reviewedAt',
  'note',
] as const satisfies readonly (keyof ReturnType<typeof eventRows>[number])[]

const SEPARATORS: Readonly<Record<Separator, string>> = { comma: ',', semicolon: ';', tab: '\t' }

/** RFC 4180 with a byte order mark, which spreadsheets need for Chinese. */
export function csvOf(
  report: Report,
  table: 'events' | 'drives',
  separator: Separator = 'comma',
): string {
  const rows = table === 'events' ? eventRows(report) : driveRows(report)
  return stringify(rows, {
    header: true,
    bom: true,
    delimiter: SEPARATORS[separator],
    record_delimiter: 'windows',
    // A label that begins with = must not run as a formula in somebody's spreadsheet.
    escape_formulas: true,
    cast: {
      boolean: String,
      number: (value) => (separator === 'semicolon' ? `${value}`.replace('.', ',') : `${value}`),
    },
    ...(table === 'events' ? { columns: [...EVENT_COLUMNS] } : {}),
  })
}

/** One object a line: `report`, then `drive`s with their audit, then `event`s. */
export function jsonLinesOf(report: Report): string {
  const { scope, madeAt, programVersion, timeZone, figures, before, trend } = report
  const audits = report.drives.map(({ audit }) => audit)
  const lines = [
    {
      type: 'report',
      schema: 'roadward-report/1',
      scope,
      madeAt: new Date(madeAt).toISOString(),
      programVersion,
      timeZone,
      figures,
      rates: ratesOf(figures),
      before: before && { figures: before, rates: ratesOf(before) },
      trend,
    },
    ...driveRows(report).map((row, i) => ({ type: 'drive', ...row, audit: audits[i] })),
    ...eventRows(report).map((row) => ({ type: 'event', ...row })),
  ]
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}
