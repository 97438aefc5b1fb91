import type { ReportQuery } from '../../contract/exports.ts'
import type { Drive, DriveSummary } from '../../contract/drives.ts'
import { omitUndefined } from '../../core/omitUndefined.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { ReportMaterial } from './report/report.ts'
import { periodBefore } from './report/trend.ts'
import { programVersion } from '../recording/driveHeader.ts'
import type { ArchiveClient } from '../recording/openArchive.ts'

/** The largest page that the archive gives. */
const PAGE = 500

type Wanted = Pick<ReportQuery, 'drive' | 'from' | 'to' | 'driver' | 'vehicle' | 'timeZone'>

/** What a report reads of the archive. */
export type ReportArchive = Pick<ArchiveClient, 'call'>

/**
 * Reads the drives that a report is about, and those of the period before.
 *
 * @param now wall clock
 * @throws RoadwardError `not-found`, `nothing-to-report`
 */
export async function reportMaterial(
  archive: ReportArchive,
  wanted: Wanted,
  now: number,
): Promise<ReportMaterial> {
  const made = {
    madeAt: now,
    programVersion: programVersion(),
    timeZone: wanted.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
  if (wanted.drive !== undefined) {
    const drive = await archive.call('get', { drive: wanted.drive })
    return { ...made, scope: { kind: 'drive' }, drives: [drive], before: [] }
  }
  const { driver, vehicle } = wanted
  const found = await summaries(archive, wanted, { from: wanted.from, to: wanted.to ?? now })
  const [first] = found
  if (first === undefined) throw nothingToReport()
  const period = { from: wanted.from ?? first.startedAt, to: wanted.to ?? now }
  // Without a beginning the period is all there is, and nothing was before it.
  const before =
    wanted.from === undefined
      ? []
      : await summaries(archive, wanted, periodBefore(period, made.timeZone))
  return {
    ...made,
    scope: { kind: 'period', period, driver, vehicle },
    drives: await whole(archive, found),
    before: await whole(archive, before),
  }
}

/** In order of time; drives that are still being recorded are for a later report. */
async function summaries(
  archive: ReportArchive,
  { driver, vehicle }: Wanted,
  { from, to }: { readonly from: number | undefined; readonly to: number },
): Promise<DriveSummary[]> {
  const all: DriveSummary[] = []
  for (;;) {
    const query = { ...omitUndefined({ from, to }), offset: all.length, limit: PAGE }
    const { drives, total } = await archive.call('list', query)
    all.push(...drives)
    if (drives.length === 0 || all.length >= total) break
  }
  return all
    .filter(
      ({ labels, status, startedAt }) =>
        status !== 'recording' &&
        startedAt < to &&
        (driver === undefined || labels.driver === driver) &&
        (vehicle === undefined || labels.vehicle === vehicle),
    )
    .sort((a, b) => a.startedAt - b.startedAt)
}

/** One after the other: the archive answers one question at a time. */
async function whole(archive: ReportArchive, found: readonly DriveSummary[]): Promise<Drive[]> {
  const drives: Drive[] = []
  for (const { id } of found) drives.push(await archive.call('get', { drive: id }))
  return drives
}

function nothingToReport(): RoadwardError {
  return new RoadwardError(
    'nothing-to-report',
    'No finished drive matches that period and those labels.',
    'Widen the period, or check the labels of driver and vehicle.',
  )
}
