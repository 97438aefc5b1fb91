import { describe, expect, it } from 'vitest'
import { SummaryTally } from '../../../../electron/core/evaluation/summary.ts'

describe('SummaryTally', () => {
  it('has nothing to report of a drive without frames', () => {
    expect(new SummaryTally().summary()).toEqual({
      frames: 0,
      dropped: 0,
      alerts: 0,
      latencyMs: { p50: undefined, p95: undefined },
      truth: undefined,
    })
  })

  it('counts frames, alerts and agreement where the truth is known', () => {
    const tally = new SummaryTally()
    tally.prediction('c0', 'c0', 20, 0)
    tally.prediction('c1', 'c0', 30, 0)
    tally.prediction('c1', undefined, 40, 0)
    tally.alert()
    expect(tally.summary()).toEqual({
      frames: 3,
      dropped: 0,
      alerts: 1,
      latencyMs: { p50: 30, p95: 40 },
      truth: { frames: 2, agreement: 0.5 },
    })
  })

  it('keeps the drops of an engine that died', () => {
    const tally = new SummaryTally()
    tally.prediction('c0', undefined, 20, 7)
    tally.prediction('c0', undefined, 20, 2)
    tally.dropped(3)
    expect(tally.summary().dropped).toBe(10)
  })
})
