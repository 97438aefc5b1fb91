import type { ReportFormat } from '../../../contract/exports.ts'
import type { Report } from './report.ts'

/** Characters that no file system minds; Chinese names stay. */
const UNSAFE = /[^\p{L}\p{N}._-]+/gu

/** `roadward-drive-12-p002-2026-11-24.pdf`, `roadward-2026-11-01-to-2026-11-24-Ann.html`. */
export function reportFileName(report: Report, format: ReportFormat): string {
  const { scope, drives, timeZone } = report
  const day = (at: number): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
  const [only] = drives
  const parts =
    scope.kind === 'drive' && only !== undefined
      ? [
          'drive',
          String(only.drive.summary.id),
          withoutExtension(only.drive.summary.source.name),
          day(only.drive.summary.startedAt),
        ]
      : scope.kind === 'period'
        ? [
            day(scope.period.from),
            'to',
            day(scope.period.to - 1),
            scope.driver ?? '',
            scope.vehicle ?? '',
          ]
        : []
  const name = ['roadward', ...parts].map(safe).filter((part) => part !== '')
  return `${name.join('-')}.${format}`
}

export function safe(part: string): string {
  return part
    .replace(UNSAFE, '_')
    .replace(/^[._]+|_+$/g, '')
    .slice(0, 60)
}

function withoutExtension(name: string): string {
  return name.replace(/\.[A-Za-z0-9]{1,5}$/, '')
}
