import { describe, expect, it } from 'vitest'
import {
  beliefOf,
  follow,
  safeOf,
  topUnsafe,
  unsafeOf,
} from '../../../../electron/core/monitor/belief.ts'
import type { Belief } from '../../../../electron/core/monitor/belief.ts'
import type { Prediction } from '../../../../electron/core/prediction.ts'
import { FILTER } from '../../../../electron/core/monitor/presets/filter.ts'
import { predict, sure, UNIFORM } from './story.ts'

/** The belief after that many seconds of one prediction. */
function after(belief: Belief, seconds: number, said: Prediction, fps = 10): Belief {
  let next = belief
  for (let n = 0; n < seconds * fps; n++) next = follow(next, beliefOf(said), 1000 / fps, FILTER)
  return next
}

const safe = after(beliefOf(predict(sure('c0'))), 5, predict(sure('c0')))
const radio = predict(sure('c5'))

describe('the belief', () => {
  it('begins with the first frame', () => {
    const first = beliefOf(radio)
    expect(follow(undefined, first, 0, FILTER)).toBe(first)
  })

  it('is no surer than an honest frame after many of them', () => {
    expect(safeOf(safe)).toBeGreaterThan(0.98)
    expect(safeOf(safe)).toBeLessThan(1)
  })

  it('is not turned by one wrong frame, but by clear ones within a third of a second', () => {
    expect(unsafeOf(after(safe, 0.1, radio))).toBeLessThan(FILTER.unsafe.off)
    const turned = after(safe, 0.3, radio)
    expect(unsafeOf(turned)).toBeGreaterThan(FILTER.unsafe.on)
    expect(topUnsafe(turned)).toBe('c5')
  })

  it('is turned by hesitant frames only together', () => {
    const hesitant = predict(sure('c5', 0.7))
    expect(unsafeOf(after(safe, 0.3, hesitant))).toBeLessThan(FILTER.unsafe.on)
    expect(unsafeOf(after(safe, 1, hesitant))).toBeGreaterThan(FILTER.unsafe.on)
  })

  it('goes by time, not by frames', () => {
    const at = (fps: number) => unsafeOf(after(safe, 0.5, predict(sure('c5', 0.6)), fps))
    expect(Math.abs(at(30) - at(10))).toBeLessThan(0.05)
    expect(follow(safe, beliefOf(radio), 0, FILTER).probabilities[0]).toBeCloseTo(safeOf(safe), 12)
  })

  it('fades to what nobody knows while frames say nothing', () => {
    const faded = after(safe, 10, predict(UNIFORM))
    for (const p of faded.probabilities) expect(p).toBeCloseTo(0.1, 3)
  })

  it('is that of the frame alone after a long time without any', () => {
    const returned = follow(safe, beliefOf(radio), 60_000, FILTER)
    expect(unsafeOf(returned)).toBeGreaterThan(0.99)
    expect(topUnsafe(returned)).toBe('c5')
  })

  it('survives frames that rule everything else out, and ones that rule it out in turn', () => {
    const certain = (id: 'c0' | 'c5') => predict(sure(id, 1))
    const [before, then] = [after(safe, 60, certain('c0')), certain('c5')]
    const turned = after(before, 0.5, then)
    expect(turned.probabilities.every(Number.isFinite)).toBe(true)
    expect(unsafeOf(turned)).toBeGreaterThan(FILTER.unsafe.on)
  })
})
