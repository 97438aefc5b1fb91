import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  driveFigures,
  ratesOf,
  sumFigures,
} from '../../../../../electron/app/exports/report/figures.ts'
import { percentile } from '../../../../../electron/app/exports/report/percentile.ts'
import { reactionMs } from '../../../../../electron/app/exports/report/reaction.ts'
import { driveOf, eventOf, spansOf } from './drives.ts'

const DRIVE = driveOf({
  spans: spansOf(
    ['blind', 1000, 'starting'],
    ['safe', 50_000],
    ['unsafe', 6000, 'c1'],
    ['unsafe', 4000, 'c6'],
    ['unsure', 2000],
    ['blind', 3000, 'covered'],
    ['unsafe', 10_000, 'c1'],
  ),
  events: [
    eventOf({ level: 'critical', review: { state: 'coached', note: '' } }),
    eventOf({ id: 2, class: 'c6', review: { state: 'dismissed', note: '' } }),
    eventOf({ id: 3, clearedMs: undefined }),
  ],
})

describe('the figures of a drive', () => {
  it('tell watched, blind and unsafe time apart', () => {
    const figures = driveFigures(DRIVE)
    const { safeMs, unsafeMs, unsureMs, blindMs, unsafeMsByClass } = figures
    expect({ safeMs, unsafeMs, unsureMs, blindMs, unsafeMsByClass }).toEqual({
      safeMs: 50_000,
      unsafeMs: 20_000,
      unsureMs: 2000,
      blindMs: { starting: 1000, covered: 3000 },
      unsafeMsByClass: { c1: 16_000, c6: 4000 },
    })
  })

  it('give shares of what they are shares of', () => {
    expect(ratesOf(driveFigures(DRIVE))).toEqual({
      watchedMs: 72_000,
      blindMs: 4000,
      blindShare: 4 / 76,
      unsureShare: 2 / 72,
      unsafeShare: 20 / 70,
      alerts: { caution: 0, warning: 2, critical: 1 },
      alertCount: 3,
      alertsPerHour: 150,
      reactionMedianMs: 3500,
      reactionP95Ms: 3500,
      reviewed: 2,
      falseAlertShare: 0.5,
    })
  })

  it('claim nothing where nothing was seen', () => {
    const rates = ratesOf(driveFigures(driveOf({})))
    expect(rates).toMatchObject({ alertsPerHour: undefined, unsafeShare: undefined })
    expect(rates.reactionMedianMs).toBeUndefined()
    expect(rates.falseAlertShare).toBeUndefined()
  })

  it('of two drives are those of each, added up', () => {
    const one = driveFigures(DRIVE)
    const two = sumFigures([one, one])
    expect(two).toMatchObject({ drives: 2, unsafeMs: 40_000, uncleared: 2 })
    expect(two.blindMs).toEqual({ starting: 2000, covered: 6000 })
    expect(two.alerts.c1).toEqual({ caution: 0, warning: 2, critical: 2 })
    expect(ratesOf(two).alertsPerHour).toBe(ratesOf(one).alertsPerHour)
  })

  it('count an alert under what it rose for, whatever it was called at its end', () => {
    const [step] = eventOf().steps
    const renamed = eventOf({ class: 'c9', steps: step ? [step, { ...step, class: 'c9' }] : [] })
    expect(driveFigures(driveOf({ events: [renamed] })).alerts).toEqual({
      c1: { caution: 0, warning: 1, critical: 0 },
    })
  })

  it('account for every millisecond, whatever the drive was', () => {
    const span = fc.tuple(
      fc.constantFrom('safe' as const, 'unsafe' as const, 'unsure' as const, 'blind' as const),
      fc.integer({ min: 1, max: 10_000 }),
    )
    fc.assert(
      fc.property(fc.array(span), (parts) => {
        const { watchedMs, blindMs } = ratesOf(driveFigures(driveOf({ spans: spansOf(...parts) })))
        expect(watchedMs + blindMs).toBe(parts.reduce((sum, [, ms]) => sum + ms, 0))
      }),
    )
  })
})

describe('the time to attention', () => {
  it('ends when the attention began that cleared the alert', () => {
    expect(reactionMs({ tMs: 2500, clearedMs: 8000 }, 2000)).toBe(3500)
  })

  it('is none when the drive ended first, and never negative', () => {
    expect(reactionMs({ tMs: 2500, clearedMs: undefined }, 2000)).toBeUndefined()
    expect(reactionMs({ tMs: 2500, clearedMs: 3000 }, 2000)).toBe(0)
  })

  it('has a median and a 95th percentile that were really measured', () => {
    const values = Array.from({ length: 20 }, (_, i) => 20 - i)
    expect([percentile(values, 0.5), percentile(values, 0.95)]).toEqual([10, 19])
    expect(percentile([], 0.5)).toBeUndefined()
  })
})
