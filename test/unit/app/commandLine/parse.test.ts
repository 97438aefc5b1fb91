import { describe, expect, it } from 'vitest'
import {
  parseLabel,
  parseList,
  parseNotNegative,
  parsePositive,
  parseRegion,
  parseRotation,
  parseWeights,
} from '../../../../electron/app/commandLine/parse.ts'

describe('option values', () => {
  it('reads lists with blanks and stray commas', () => {
    expect(parseList('p002, p012,,')).toEqual(['p002', 'p012'])
  })

  it('refuses a list of nothing', () => {
    for (const text of ['', ' ', ',,']) expect(() => parseList(text)).toThrow('one name or more')
  })

  it('takes labels as long as the archive does, and says how long a longer one is', () => {
    expect(parseLabel(` ${'x'.repeat(80)} `)).toHaveLength(80)
    expect(() => parseLabel('x'.repeat(81))).toThrow(
      'It has 81 characters; a label takes at most 80.',
    )
  })

  it('takes numbers above zero and refuses the rest', () => {
    expect(parsePositive('2.5')).toBe(2.5)
    for (const text of ['0', '-1', 'five', '', ' ', 'Infinity']) {
      expect(() => parsePositive(text), text).toThrow('above 0')
    }
  })

  it('takes one weight for each file, each above zero', () => {
    expect(parseWeights('1, 2.5')).toEqual([1, 2.5])
    for (const text of ['1,', '1,0', '']) {
      expect(() => parseWeights(text), text).toThrow('above 0')
    }
  })

  it('takes a standstill as a speed, but nothing below', () => {
    expect(parseNotNegative('0')).toBe(0)
    for (const text of ['-1', 'fast', '']) {
      expect(() => parseNotNegative(text), text).toThrow('0 or above')
    }
  })

  it('knows right angles only', () => {
    expect(parseRotation('270')).toBe(270)
    expect(() => parseRotation('45')).toThrow('0, 90, 180 or 270')
  })

  it('reads a region, and says how to write one', () => {
    expect(parseRegion('80,0,480,400')).toEqual({ x: 80, y: 0, width: 480, height: 400 })
    for (const text of [
      '80,0,480',
      '80,0,480,0',
      '-1,0,5,5',
      '1.5,0,5,5',
      'a,b,c,d',
      '1,2,3,4,5',
    ]) {
      expect(() => parseRegion(text), text).toThrow('x,y,width,height')
    }
  })
})
