import { describe, expect, it } from 'vitest'
import type { DatasetPlan, Sample } from '../../../assets/cabin/model/dataset.ts'
import { samplesOf } from '../../../assets/cabin/model/dataset.ts'
import { DEMO_DRIVER } from '../../../assets/cabin/model/driver.ts'
import { sheetCells } from '../../../assets/cabin/model/sheet.ts'
import { CLASSES } from '../../../electron/core/labels.ts'

const PLAN: DatasetPlan = {
  drivers: 3,
  perClass: 4,
  seed: 'test',
  width: 160,
  height: 120,
  rightHandDrive: 0,
}
const set = (plan: Partial<DatasetPlan> = {}): Sample[] => [...samplesOf({ ...PLAN, ...plan })]

describe('a synthetic set', () => {
  it('has every driver in every state, driver after driver as in the State Farm list', () => {
    const samples = set()
    expect(samples).toHaveLength(3 * 10 * 4)
    expect(new Set(samples.map(({ file }) => file)).size).toBe(samples.length)
    expect(samples.slice(0, 4).map(({ subject, state }) => [subject, state])).toEqual(
      Array.from({ length: 4 }, () => ['s001', 'c0']),
    )
    expect(samples.at(-1)).toMatchObject({ subject: 's003', state: 'c9' })
  })

  it('is the same for the same seed; a longer set begins with the shorter one', () => {
    expect(set()).toEqual(set())
    expect(set({ drivers: 4 }).slice(0, 120)).toEqual(set())
    expect(set({ seed: 'other' })).not.toEqual(set())
  })

  it('gives a driver one body and one car, and no two drivers the same', () => {
    const samples = set()
    const cast = (subject: string): Set<string> =>
      new Set(
        samples
          .filter((sample) => sample.subject === subject)
          .map(({ shot }) => JSON.stringify([shot.driver, shot.cabin])),
      )
    expect(cast('s001').size).toBe(1)
    expect([...cast('s001')]).not.toEqual([...cast('s002')])
  })

  it('names hands as the driver has them in a right-hand-drive car', () => {
    const texting = (rightHandDrive: number): Sample | undefined =>
      set({ rightHandDrive }).find(({ state }) => state === 'c1')
    expect(texting(0)?.shot).toMatchObject({ mirrored: false, from: { right: { hold: 'phone' } } })
    // Acted with the left hand, then seen in the mirror: the right hand, on the far side.
    expect(texting(1)?.shot).toMatchObject({ mirrored: true, from: { left: { hold: 'phone' } } })
  })

  it('never casts the demo driver', () => {
    const same = set({ drivers: 40, perClass: 1 }).some(
      ({ shot }) =>
        shot.driver.skin === DEMO_DRIVER.skin && shot.driver.shirt === DEMO_DRIVER.shirt,
    )
    expect(same).toBe(false)
  })
})

describe('the contact sheet', () => {
  it('shows every state of six drivers by day, dusk and night, in an order that tells nothing', () => {
    const cells = sheetCells('x', 64, 48)
    expect(cells).toHaveLength(60)
    for (const state of CLASSES) {
      expect(cells.filter((cell) => cell.state === state)).toHaveLength(6)
    }
    expect(new Set(cells.map(({ light }) => light))).toEqual(new Set(['day', 'dusk', 'night']))
    expect(cells.slice(0, 10).map(({ state }) => state)).not.toEqual([...CLASSES])
  })
})
