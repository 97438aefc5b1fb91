import { describe, expect, it } from 'vitest'
import { bar, columns, describe as line } from '../../../../electron/shells/cli/liveLine.ts'
import { clock } from '../../../../electron/app/commandLine/output.ts'

describe('the live line', () => {
  it('draws bars in eighths of a cell, and never beyond their width', () => {
    expect(bar(0, 4)).toBe('    ')
    expect(bar(0.5, 4)).toBe('██  ')
    expect(bar(1 / 32, 4)).toBe('▏   ')
    expect(bar(7, 4)).toBe('████')
  })

  it('draws a column a class', () => {
    expect(columns([0, 0.5, 1])).toBe('▁▅█')
  })

  it('tells time, state, level, certainty and class', () => {
    const text = line({
      type: 'prediction',
      seq: 9,
      tMs: 63_250,
      probabilities: [0.1, 0.9, 0, 0, 0, 0, 0, 0, 0, 0],
      top: 'c1',
      folds: [],
      disagreement: 0,
      entropy: 0,
      status: {
        driver: 'unsafe',
        level: 'warning',
        acknowledged: false,
        latched: false,
        lockedOut: false,
        dwellMs: 3000,
        attentiveMs: 0,
        clearMs: 2000,
      },
      latencyMs: { prepare: 0, infer: 0, combine: 0, total: 0 },
      dropped: 0,
      view: { meanLuma: 110, stdLuma: 55, saturated: 0 },
    })
    expect(text).toContain('1:03.2  unsafe WARNING')
    expect(text).toContain('90%  Texting, right')
  })

  it('writes drive times as minutes and tenths of seconds', () => {
    expect([0, 999, 59_999, 60_000, 600_050].map(clock)).toEqual([
      '0:00.0',
      '0:00.9',
      '0:59.9',
      '1:00.0',
      '10:00.0',
    ])
  })
})
