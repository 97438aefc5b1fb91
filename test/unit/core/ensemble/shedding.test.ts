import { describe, expect, it } from 'vitest'
import { allFolds, shed, type Shedding } from '../../../../electron/core/ensemble/shedding.ts'

/** Plays frames every `deadlineMs`; each fold takes `foldMs(t)`. */
function play(
  folds: number,
  deadlineMs: number,
  seconds: number,
  foldMs: (tMs: number) => number,
): Shedding[] {
  let state = allFolds(folds)
  const states: Shedding[] = [state]
  for (let tMs = 0; tMs < seconds * 1000; tMs += deadlineMs) {
    state = shed(state, folds, foldMs(tMs) * state.active, deadlineMs, tMs)
    states.push(state)
  }
  return states
}

describe('shedding folds', () => {
  it('runs every fold on a machine that keeps up', () => {
    expect(play(4, 33, 10, () => 6).every((s) => s.active === 4)).toBe(true)
  })

  it('sheds one fold at a time until the rest keeps up, and then stays', () => {
    const active = play(4, 33, 20, () => 14).map((s) => s.active)
    expect([...new Set(active)]).toEqual([4, 3, 2])
    expect(active.at(-1)).toBe(2)
  })

  it('never sheds the last fold', () => {
    expect(play(4, 33, 20, () => 500).at(-1)?.active).toBe(1)
  })

  it('takes the folds back when the load is gone', () => {
    const states = play(4, 33, 40, (tMs) => (tMs < 15_000 ? 14 : 5))
    expect(Math.min(...states.map((s) => s.active))).toBe(2)
    expect(states.at(-1)?.active).toBe(4)
  })

  it('does not flap when a fold more would only just fit', () => {
    const active = play(4, 33, 60, () => 9).map((s) => s.active)
    const changes = active.filter((n, i) => i > 0 && n !== active[i - 1]).length
    expect(changes).toBe(1)
  })
})
