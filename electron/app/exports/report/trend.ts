import type { Drive } from '../../../contract/drives.ts'
import { driveFigures, sumFigures, type Figures } from './figures.ts'

/** Up to so many days are shown day by day, longer periods week by week. */
const MAX_DAYS = 31
const DAY_MS = 86_400_000

/** Drives that began on one day, or in the week from Monday on. */
interface TrendStep {
  /** First day, as `2026-11-24`. */
  readonly day: string
  readonly figures: Figures
}

export interface Period {
  /** Milliseconds since 1970, UTC; `to` is exclusive. */
  readonly from: number
  readonly to: number
}

export interface Trend {
  readonly by: 'day' | 'week'
  /** In order of time, days or weeks without drives included. */
  readonly steps: readonly TrendStep[]
}

/**
 * @param drives that began within the period
 * @param timeZone IANA name: where a day begins
 */
export function trendOf(drives: readonly Drive[], { from, to }: Period, timeZone: string): Trend {
  const dayOf = (at: number): number => dayNumber(at, timeZone)
  const [first, last] = [dayOf(from), dayOf(to - 1)]
  const weekly = last - first >= MAX_DAYS
  const stepOf = (day: number): number => (weekly ? mondayOf(day) : day)
  const steps: TrendStep[] = []
  for (let day = stepOf(first); day <= last; day += weekly ? 7 : 1) {
    const within = drives.filter(({ summary }) => stepOf(dayOf(summary.startedAt)) === day)
    steps.push({ day: isoDay(day), figures: sumFigures(within.map(driveFigures)) })
  }
  return { by: weekly ? 'week' : 'day', steps }
}

/**
 * The period of the same length that ended where this one begins: as many days and hours of the
 * calendar, also where one of those days had 23 hours or 25.
 *
 * @param timeZone IANA name
 */
export function periodBefore({ from, to }: Period, timeZone: string): Period {
  const [start, end] = [localMs(from, timeZone), localMs(to, timeZone)]
  return { from: instantOf(start - (end - start), timeZone), to: from }
}

/** What the clocks of a place show, in milliseconds as if that were UTC. */
function localMs(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  // Sweden writes `2026-11-24 12:34:56`. Every offset is of whole seconds.
  const shown = Date.parse(`${format.format(at).replace(' ', 'T')}Z`)
  return shown + (((at % 1000) + 1000) % 1000)
}

/** When the clocks of a place showed this; in an hour that a change of clocks leaves out, near it. */
function instantOf(shown: number, timeZone: string): number {
  const guess = shown - (localMs(shown, timeZone) - shown)
  return shown - (localMs(guess, timeZone) - guess)
}

/** Days since 1970 of the calendar date that a place has at this moment. */
function dayNumber(at: number, timeZone: string): number {
  // Sweden writes dates as ISO 8601 does.
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS)
}

function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** 1970 began with a Thursday. */
function mondayOf(day: number): number {
  return day - ((((day + 3) % 7) + 7) % 7)
}
