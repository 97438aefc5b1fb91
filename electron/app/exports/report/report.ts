import type { Drive, DriveEvent } from '../../../contract/drives.ts'
import { rank } from '../../../core/monitor/level.ts'
import { driveFigures, sumFigures, type Figures } from './figures.ts'
import { auditEpisodes, type AuditEpisode } from './nhtsaAudit.ts'
import { trendOf, type Period, type Trend } from './trend.ts'

/** What is asked of a report, beside its form. */
export type ReportScope =
  | { readonly kind: 'drive' }
  | {
      readonly kind: 'period'
      readonly period: Period
      /** Of the drives that were taken, where somebody asked for them. */
      readonly driver: string | undefined
      readonly vehicle: string | undefined
    }

export interface ReportMaterial {
  readonly scope: ReportScope
  /** In order of time. */
  readonly drives: readonly Drive[]
  /** Of the period before, for comparison. */
  readonly before: readonly Drive[]
  readonly madeAt: number
  readonly programVersion: string
  /** IANA name, for dates. */
  readonly timeZone: string
}

/** One drive with its figures. */
export interface ReportedDrive {
  readonly drive: Drive
  readonly figures: Figures
  readonly audit: readonly AuditEpisode[]
}

export interface Report extends Omit<ReportMaterial, 'drives' | 'before'> {
  readonly drives: readonly ReportedDrive[]
  readonly figures: Figures
  /** Undefined where the period before has no drives. */
  readonly before: Figures | undefined
  /** Undefined for a single drive. */
  readonly trend: Trend | undefined
}

/** Everything that any form of the report says, as numbers. */
export function reportOf(material: ReportMaterial): Report {
  const { scope, before, timeZone } = material
  const drives = material.drives.map((drive) => ({
    drive,
    figures: driveFigures(drive),
    audit: auditEpisodes(drive.spans),
  }))
  return {
    ...material,
    drives,
    figures: sumFigures(drives.map(({ figures }) => figures)),
    before: before.length === 0 ? undefined : sumFigures(before.map(driveFigures)),
    trend: scope.kind === 'drive' ? undefined : trendOf(material.drives, scope.period, timeZone),
  }
}

/** An event and the drive it belongs to. */
export interface ReportedEvent {
  readonly event: DriveEvent
  readonly drive: Drive
}

/** Of all drives, in order of time. */
export function eventsOf({ drives }: Report): ReportedEvent[] {
  return drives.flatMap(({ drive }) => drive.events.map((event) => ({ event, drive })))
}

/** As many pictures as a report bears. */
const MAX_PICTURED = 60

/** Number as in the list of alerts, from 1. */
export interface PicturedEvent extends ReportedEvent {
  readonly number: number
}

/** The events that are shown with a picture: all of them, or the worst, in order of time. */
export function picturedEvents(report: Report): PicturedEvent[] {
  return eventsOf(report)
    .map((each, i) => ({ ...each, number: i + 1 }))
    .sort((a, b) => rank(b.event.level) - rank(a.event.level))
    .slice(0, MAX_PICTURED)
    .sort((a, b) => a.number - b.number)
}
