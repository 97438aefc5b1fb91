import { WORDS } from '../../../contract/words/words.ts'
import { activityOf } from './activity.ts'
import { reactionMs } from './reaction.ts'
import { eventsOf, type Report, type ReportedDrive } from './report.ts'
import { ratesOf } from './figures.ts'

/**
 * The same lines as CSV and as JSON, under names that do not change with the language. Times are
 * milliseconds, dates ISO 8601 in UTC, shares 0 to 1; what is not known is undefined.
 */

/** One line per alert. */
export function eventRows(report: Report) {
  return eventsOf(report).map(({ event, drive: { summary, preset } }) => {
    const { explanation } = event.steps.find(({ level }) => level === event.level) ?? {}
    return {
      event: event.id,
      drive: summary.id,
      driveName: summary.source.name,
      driveStartedAt: new Date(summary.startedAt).toISOString(),
      driver: summary.labels.driver,
      vehicle: summary.labels.vehicle,
      preset: summary.preset,
      sinceMs: round(event.sinceMs),
      roseMs: round(event.tMs),
      clearedMs: round(event.clearedMs),
      level: event.level,
      class: activityOf(event),
      className: WORDS.en.class[activityOf(event)],
      rule: explanation?.rule ?? event.rule,
      thresholdMs: explanation?.threshold.value,
      ruleMs: round(explanation?.timers.ruleMs),
      unsafe: explanation?.unsafe,
      acknowledged: event.acknowledged,
      reactionMs: round(reactionMs(event, preset.clearMs)),
      review: event.review.state,
      reviewedAt: dateOf(event.review.changedAt),
      note: event.review.note,
    }
  })
}

/** One line per drive. */
export function driveRows({ drives }: Report) {
  return drives.map(({ drive, figures, audit }: ReportedDrive) => {
    const { summary } = drive
    const rates = ratesOf(figures)
    return {
      drive: summary.id,
      name: summary.source.name,
      startedAt: new Date(summary.startedAt).toISOString(),
      origin: summary.origin,
      status: summary.status,
      driver: summary.labels.driver,
      vehicle: summary.labels.vehicle,
      ensemble: `${summary.ensemble.id} ${summary.ensemble.version}`,
      preset: summary.preset,
      durationMs: round(summary.durationMs),
      watchedMs: round(rates.watchedMs),
      safeMs: round(figures.safeMs),
      unsafeMs: round(figures.unsafeMs),
      unsureMs: round(figures.unsureMs),
      blindMs: round(rates.blindMs),
      unsafeShare: rates.unsafeShare,
      unsureShare: rates.unsureShare,
      cautions: rates.alerts.caution,
      warnings: rates.alerts.warning,
      criticals: rates.alerts.critical,
      alertsPerHour: rates.alertsPerHour,
      reactionMedianMs: round(rates.reactionMedianMs),
      reactionP95Ms: round(rates.reactionP95Ms),
      needsReview: figures.reviews['needs-review'],
      needsCoaching: figures.reviews['needs-coaching'],
      coached: figures.reviews.coached,
      dismissed: figures.reviews.dismissed,
      recognised: figures.reviews.recognised,
      falseAlertShare: rates.falseAlertShare,
      auditedTasks: audit.length,
      flaggedTasks: audit.filter(({ faults }) => faults.length > 0).length,
    }
  })
}

function round(ms: number): number
function round(ms: number | undefined): number | undefined
function round(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms)
}

function dateOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString()
}
