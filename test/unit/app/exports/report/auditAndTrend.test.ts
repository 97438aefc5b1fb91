import { describe, expect, it } from 'vitest'
import { auditEpisodes } from '../../../../../electron/app/exports/report/nhtsaAudit.ts'
import { periodBefore, trendOf } from '../../../../../electron/app/exports/report/trend.ts'
import { driveOf, spansOf, type SpanPart } from './drives.ts'

const faults = (...parts: readonly SpanPart[]) =>
  auditEpisodes(spansOf(...parts)).map((episode) => episode.faults)

describe('the glance audit', () => {
  it('lets short glances pass', () => {
    expect(faults(['safe', 5000], ['unsafe', 1500], ['safe', 2000], ['unsafe', 1900])).toEqual([[]])
  })

  it('flags one long look by its mean and as a long glance', () => {
    expect(faults(['unsafe', 2100])).toEqual([['mean', 'long-share']])
  })

  it('flags two long glances among ten, although the mean is short', () => {
    const short = Array.from(
      { length: 8 },
      () =>
        [
          ['unsafe', 500],
          ['safe', 1000],
        ] as const,
    ).flat()
    const long = [
      ['unsafe', 2500],
      ['safe', 1000],
      ['unsafe', 2500],
    ] as const
    expect(faults(...short, ...long)).toEqual([['long-share']])
  })

  it('flags a task for what it took in all', () => {
    const parts = Array.from(
      { length: 7 },
      () =>
        [
          ['unsafe', 1800],
          ['safe', 900],
        ] as const,
    ).flat()
    expect(faults(...parts)).toEqual([['total']])
  })

  it('takes a change of activity for the same glance', () => {
    const [episode] = auditEpisodes(spansOf(['unsafe', 1500, 'c1'], ['unsafe', 1500, 'c2']))
    expect(episode).toMatchObject({ glances: 1, meanMs: 3000, totalMs: 3000, longShare: 1 })
  })

  it('begins a new task after ten seconds on the road, and after blindness', () => {
    expect(faults(['unsafe', 1000], ['safe', 10_001], ['unsafe', 1000])).toHaveLength(2)
    expect(faults(['unsafe', 1000], ['safe', 10_000], ['unsafe', 1000])).toHaveLength(1)
    expect(faults(['unsafe', 1000], ['blind', 100], ['unsafe', 1000])).toHaveLength(2)
  })

  it('does not take doubt for a glance', () => {
    const [episode] = auditEpisodes(spansOf(['unsafe', 1000], ['unsure', 4000], ['unsafe', 1000]))
    expect(episode).toMatchObject({ glances: 2, totalMs: 2000 })
  })
})

describe('the trend', () => {
  const at = (day: number, hour = 12) => Date.UTC(2026, 10, day, hour)

  it('shows every day of the period, also those without drives', () => {
    const drives = [driveOf({ startedAt: at(2) }), driveOf({ startedAt: at(2, 20) })]
    const trend = trendOf(drives, { from: at(1, 0), to: at(4, 0) }, 'UTC')
    expect(trend.by).toBe('day')
    expect(trend.steps.map(({ day, figures }) => [day, figures.drives])).toEqual([
      ['2026-11-01', 0],
      ['2026-11-02', 2],
      ['2026-11-03', 0],
    ])
  })

  it('begins days where the fleet is', () => {
    const late = driveOf({ startedAt: at(1, 20) })
    const trend = trendOf([late], { from: at(1, 16), to: at(3, 16) }, 'Asia/Shanghai')
    expect(trend.steps.map(({ day, figures }) => [day, figures.drives])).toEqual([
      ['2026-11-02', 1],
      ['2026-11-03', 0],
    ])
  })

  it('counts by weeks from Monday over longer periods', () => {
    const drives = [driveOf({ startedAt: at(1) }), driveOf({ startedAt: at(2) })]
    const trend = trendOf(drives, { from: at(1, 0), to: Date.UTC(2026, 11, 31) }, 'UTC')
    expect(trend.by).toBe('week')
    expect(trend.steps.slice(0, 2).map(({ day, figures }) => [day, figures.drives])).toEqual([
      ['2026-10-26', 1],
      ['2026-11-02', 1],
    ])
  })

  it('is compared with the same length of time before', () => {
    expect(periodBefore({ from: at(8), to: at(15) }, 'UTC')).toEqual({ from: at(1), to: at(8) })
  })

  it.each([
    // Clocks go back on 25 October 2026 in Berlin, forward on 29 March; in Lord Howe by half an hour.
    ['Europe/Berlin', '2026-10-25T23:00:00Z', '2026-11-01T23:00:00Z', '2026-10-18T22:00:00Z'],
    ['Europe/Berlin', '2026-10-18T22:00:00Z', '2026-10-25T23:00:00Z', '2026-10-11T22:00:00Z'],
    ['Europe/Berlin', '2026-03-29T22:00:00Z', '2026-04-05T22:00:00Z', '2026-03-22T23:00:00Z'],
    ['Australia/Lord_Howe', '2026-10-04T13:00:00Z', '2026-10-11T13:00:00Z', '2026-09-27T13:30:00Z'],
    ['Asia/Shanghai', '2026-11-08T16:00:00Z', '2026-11-15T16:00:00Z', '2026-11-01T16:00:00Z'],
  ])('began a week earlier by the calendar, in %s before %s', (timeZone, from, to, before) => {
    const period = { from: Date.parse(from), to: Date.parse(to) }
    expect(periodBefore(period, timeZone)).toEqual({ from: Date.parse(before), to: period.from })
  })
})
