import type { Drive, DriveEvent, ReviewState } from '../../../contract/drives.ts'
import type { Millis } from '../../../core/frame.ts'
import type { ClassId } from '../../../core/labels.ts'
import type { Level } from '../../../core/monitor/level.ts'
import { activityOf } from './activity.ts'
import { percentile } from './percentile.ts'
import { reactionMs } from './reaction.ts'

/** What one drive, or several, came to. Times in milliseconds of the drives' own clocks. */
export interface Figures {
  readonly drives: number
  readonly safeMs: Millis
  readonly unsafeMs: Millis
  /** Watched, but the models could not tell. */
  readonly unsureMs: Millis
  /** Nobody was watching, by reason. */
  readonly blindMs: Readonly<Record<string, Millis>>
  readonly unsafeMsByClass: Readonly<Partial<Record<ClassId, Millis>>>
  /** Alerts by class, each counted once, at its highest level. */
  readonly alerts: Readonly<Partial<Record<ClassId, Readonly<Record<Level, number>>>>>
  readonly reviews: Readonly<Record<ReviewState, number>>
  /** One per alert that attention ended. */
  readonly reactionsMs: readonly Millis[]
  /** Alerts that were still up when their drive ended. */
  readonly uncleared: number
}

/** Shares are 0 to 1; undefined where there is nothing to divide by. */
export interface Rates {
  /** Safe, unsafe and unsure time. */
  readonly watchedMs: Millis
  readonly blindMs: Millis
  /** Of all time. */
  readonly blindShare: number | undefined
  /** Of the watched time. */
  readonly unsureShare: number | undefined
  /** Of the time that was judged safe or unsafe. */
  readonly unsafeShare: number | undefined
  readonly alerts: Readonly<Record<Level, number>>
  readonly alertCount: number
  /** Per hour watched. */
  readonly alertsPerHour: number | undefined
  readonly reactionMedianMs: Millis | undefined
  readonly reactionP95Ms: Millis | undefined
  /** Alerts that somebody has judged, whatever the review. */
  readonly reviewed: number
  /** Of the reviewed alerts: those dismissed as false. */
  readonly falseAlertShare: number | undefined
}

const HOUR_MS = 3_600_000
const NO_ALERTS: Readonly<Record<Level, number>> = { caution: 0, warning: 0, critical: 0 }

const NO_FIGURES: Figures = {
  drives: 0,
  safeMs: 0,
  unsafeMs: 0,
  unsureMs: 0,
  blindMs: {},
  unsafeMsByClass: {},
  alerts: {},
  reviews: { 'needs-review': 0, 'needs-coaching': 0, coached: 0, dismissed: 0, recognised: 0 },
  reactionsMs: [],
  uncleared: 0,
}

export function driveFigures({ spans, events, preset }: Drive): Figures {
  const time = { safe: 0, unsafe: 0, unsure: 0 }
  const blindMs: Record<string, Millis> = {}
  const unsafeMsByClass: Partial<Record<ClassId, Millis>> = {}
  for (const { fromMs, toMs, state, reason = 'other', class: id } of spans) {
    const lastedMs = toMs - fromMs
    if (state === 'blind') blindMs[reason] = (blindMs[reason] ?? 0) + lastedMs
    else time[state] += lastedMs
    if (state === 'unsafe' && id !== undefined) {
      unsafeMsByClass[id] = (unsafeMsByClass[id] ?? 0) + lastedMs
    }
  }
  return {
    drives: 1,
    safeMs: time.safe,
    unsafeMs: time.unsafe,
    unsureMs: time.unsure,
    blindMs,
    unsafeMsByClass,
    alerts: countAlerts(events),
    reviews: countReviews(events),
    reactionsMs: events.flatMap((event) => reactionMs(event, preset.clearMs) ?? []),
    uncleared: events.filter(({ clearedMs }) => clearedMs === undefined).length,
  }
}

export function sumFigures(all: readonly Figures[]): Figures {
  return all.reduce(
    (sum, one) => ({
      drives: sum.drives + one.drives,
      safeMs: sum.safeMs + one.safeMs,
      unsafeMs: sum.unsafeMs + one.unsafeMs,
      unsureMs: sum.unsureMs + one.unsureMs,
      blindMs: merged(sum.blindMs, one.blindMs, 0, add),
      unsafeMsByClass: merged(sum.unsafeMsByClass, one.unsafeMsByClass, 0, add),
      alerts: merged(sum.alerts, one.alerts, NO_ALERTS, (a, b) => merged(a, b, 0, add)),
      reviews: merged(sum.reviews, one.reviews, 0, add),
      reactionsMs: [...sum.reactionsMs, ...one.reactionsMs],
      uncleared: sum.uncleared + one.uncleared,
    }),
    NO_FIGURES,
  )
}

export function ratesOf(figures: Figures): Rates {
  const { safeMs, unsafeMs, unsureMs, reviews, reactionsMs } = figures
  const watchedMs = safeMs + unsafeMs + unsureMs
  const blindMs = total(Object.values(figures.blindMs))
  const alerts = Object.values(figures.alerts).reduce(
    (sum, levels) => merged(sum, levels, 0, add),
    NO_ALERTS,
  )
  const alertCount = total(Object.values(alerts))
  const reviewed = total(Object.values(reviews)) - reviews['needs-review']
  return {
    watchedMs,
    blindMs,
    blindShare: share(blindMs, watchedMs + blindMs),
    unsureShare: share(unsureMs, watchedMs),
    unsafeShare: share(unsafeMs, safeMs + unsafeMs),
    alerts,
    alertCount,
    alertsPerHour: share(alertCount, watchedMs / HOUR_MS),
    reactionMedianMs: percentile(reactionsMs, 0.5),
    reactionP95Ms: percentile(reactionsMs, 0.95),
    reviewed,
    falseAlertShare: share(reviews.dismissed, reviewed),
  }
}

function countAlerts(events: readonly DriveEvent[]): Figures['alerts'] {
  const counts: Partial<Record<ClassId, Record<Level, number>>> = {}
  for (const event of events) {
    const levels = (counts[activityOf(event)] ??= { ...NO_ALERTS })
    levels[event.level] += 1
  }
  return counts
}

function countReviews(events: readonly DriveEvent[]): Figures['reviews'] {
  const counts = { ...NO_FIGURES.reviews }
  for (const { review } of events) counts[review.state] += 1
  return counts
}

/** All keys of both; what one of them lacks is `none`. */
function merged<T extends object, V>(a: T, b: T, none: V, join: (a: V, b: V) => V): T {
  const before = new Map(Object.entries(a) as [string, V][])
  for (const [key, value] of Object.entries(b) as [string, V][]) {
    before.set(key, join(before.get(key) ?? none, value))
  }
  return Object.fromEntries(before) as T
}

function add(a: number, b: number): number {
  return a + b
}

function total(values: readonly number[]): number {
  return values.reduce(add, 0)
}

function share(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined
}
