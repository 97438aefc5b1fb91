import { describe, expect, it } from 'vitest'
import { seededRandom, smoothNoise } from '../../../assets/cabin/model/random.ts'

describe('a seeded stream', () => {
  it('tells the same story for the same seed and another for another', () => {
    const draw = (seed: string): number[] => {
      const random = seededRandom(seed)
      return [random.next(), random.range(2, 3), random.bell(-1, 1)]
    }
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
  })

  it('forks without being moved, so that a new choice leaves the old ones alone', () => {
    const plain = seededRandom('a')
    const forked = seededRandom('a')
    const branch = forked.fork('hair')
    branch.next()
    expect(forked.next()).toBe(plain.next())
    expect(seededRandom('a').fork('hair').next()).not.toBe(seededRandom('a').fork('hat').next())
  })

  it('spreads evenly over its range and keeps to its weights', () => {
    const random = seededRandom('spread')
    const numbers = Array.from({ length: 4000 }, () => random.next())
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length
    expect(mean).toBeCloseTo(0.5, 1)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    const kinds = Array.from({ length: 2000 }, () => random.weighted({ often: 0.9, seldom: 0.1 }))
    expect(kinds.filter((kind) => kind === 'seldom').length).toBeGreaterThan(130)
    expect(kinds.filter((kind) => kind === 'seldom').length).toBeLessThan(270)
  })
})

describe('smooth noise', () => {
  it('stays within one and never jumps', () => {
    for (let t = 0; t < 40; t += 0.01) {
      const here = smoothNoise(7, t)
      expect(Math.abs(here)).toBeLessThanOrEqual(1)
      expect(Math.abs(smoothNoise(7, t + 0.01) - here)).toBeLessThan(0.04)
    }
  })
})
