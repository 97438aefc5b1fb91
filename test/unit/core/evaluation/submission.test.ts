import { describe, expect, it } from 'vitest'
import {
  cellsOf,
  mergeRows,
  parseCells,
  UNKNOWN,
} from '../../../../electron/core/evaluation/submission.ts'
import { sure } from '../monitor/story.ts'

const even = (values: readonly number[]) => ({ values, weight: 1 })

describe('the cells of a submission', () => {
  it('keep seven figures of the smallest probability', () => {
    expect(cellsOf([0.1, 1 / 3, 1.23456789e-9, 0, 1])).toEqual([
      '0.1',
      '0.3333333',
      '1.234568e-9',
      '0',
      '1',
    ])
  })

  it('come back as the numbers they were', () => {
    expect(parseCells(cellsOf(UNKNOWN))).toEqual(UNKNOWN)
  })

  it.each([
    ['too few', ['0.5', '0.5'], 'has 3 values instead of 11'],
    ['a word', [...Array<string>(9).fill('0.1'), 'high'], 'has "high" for c9: no number from 0 on'],
    ['an empty cell', ['', ...Array<string>(9).fill('0.1')], 'has "" for c0: no number from 0 on'],
    [
      'below 0',
      ['0.1', '-0.1', ...Array<string>(8).fill('0.1')],
      'has "-0.1" for c1: no number from 0 on',
    ],
    [
      'without end',
      ['Infinity', ...Array<string>(9).fill('0')],
      'has "Infinity" for c0: no number from 0 on',
    ],
    ['nothing at all', Array<string>(10).fill('0'), 'has no probability above 0'],
  ])('are refused with %s', (_, cells, problem) => {
    expect(parseCells(cells)).toBe(problem)
  })
})

describe('merging', () => {
  const [a, b] = [sure('c0', 0.91), sure('c1', 0.91)]

  it('averages', () => {
    const merged = mergeRows([even(a), even(b)], 'average')
    expect(merged[0]).toBeCloseTo(0.46, 12)
    expect(merged[1]).toBeCloseTo(0.46, 12)
    expect(merged[2]).toBeCloseTo(0.01, 12)
  })

  it('weighs, whatever the rows sum to', () => {
    const doubled = a.map((p) => 2 * p)
    const merged = mergeRows([{ values: doubled, weight: 3 }, even(b)], 'average')
    expect(merged[0]).toBeCloseTo((3 * 0.91 + 0.01) / 4, 12)
  })

  it('takes the geometric mean, normalised', () => {
    const merged = mergeRows([even(a), even(b)], 'geometric')
    const [high, low] = [Math.sqrt(0.91 * 0.01), 0.01]
    expect(merged[0]).toBeCloseTo(high / (2 * high + 8 * low), 12)
    expect(merged[2]).toBeCloseTo(low / (2 * high + 8 * low), 12)
  })

  it('survives a class that one file rules out', () => {
    const merged = mergeRows([even([1, ...Array<number>(9).fill(0)]), even(b)], 'geometric')
    expect(merged.every(Number.isFinite)).toBe(true)
    expect(merged.reduce((sum, p) => sum + p)).toBeCloseTo(1, 12)
  })
})
