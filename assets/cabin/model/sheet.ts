import { CLASSES } from '../../../electron/core/labels.ts'
import type { ClassId } from '../../../electron/core/labels.ts'
import { samplesOf } from './dataset.ts'
import { seededRandom } from './random.ts'
import type { Shot } from './shot.ts'
import type { LightKind } from './view.ts'

/** One cell of the contact sheet. */
export interface Cell {
  readonly state: ClassId
  readonly subject: string
  readonly light: LightKind
  readonly shot: Shot
}

/** Six strangers: three by day, one at dusk, two at night. */
const LIGHTS = ['day', 'night', 'day', 'dusk', 'night', 'day'] as const

/** Ten states by six drivers in an order that gives nothing away. */
export function sheetCells(seed: string, width: number, height: number): Cell[] {
  const cells = LIGHTS.flatMap((light, driver) => {
    const plan = { drivers: 1, perClass: 1, width, height, rightHandDrive: 0, light }
    return [...samplesOf({ ...plan, seed: `${seed}/${driver}` })].map(({ state, shot }) => ({
      ...{ state, light, shot },
      subject: `s${driver + 1}`,
    }))
  })
  if (cells.length !== LIGHTS.length * CLASSES.length) throw new Error('the sheet has a hole')
  const random = seededRandom(`${seed}/order`)
  return cells
    .map((cell) => ({ cell, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ cell }) => cell)
}
