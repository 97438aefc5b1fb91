import { describe, expect, it } from 'vitest'
import { LatencyHistogram } from '../../../../electron/core/evaluation/latency.ts'

describe('LatencyHistogram', () => {
  it('has nothing to say before the first sample', () => {
    expect(new LatencyHistogram().percentile(0.5)).toBeUndefined()
  })

  it('gives the nearest-rank percentile to a tenth of a millisecond', () => {
    const histogram = new LatencyHistogram()
    for (let ms = 1; ms <= 100; ms += 1) histogram.add(ms)
    expect(histogram.percentile(0)).toBe(1)
    expect(histogram.percentile(0.5)).toBe(50)
    expect(histogram.percentile(0.95)).toBe(95)
    expect(histogram.percentile(1)).toBe(100)
  })

  it('keeps outliers in its first and last bins', () => {
    const histogram = new LatencyHistogram()
    histogram.add(-5)
    histogram.add(1e9)
    expect(histogram.percentile(0.5)).toBe(0)
    expect(histogram.percentile(1)).toBe(10_000)
  })
})
