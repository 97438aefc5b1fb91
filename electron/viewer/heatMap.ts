import type { HeatMap } from '../contract/drives.ts'
import type { Frame } from '../core/frame.ts'
import { CLASSES, type ClassId } from '../core/labels.ts'
import type { EnsemblePort } from '../engine/inference/ensemblePort.ts'

/**
 * Parts that are covered one after the other, in the shape of a camera's picture: fine enough to
 * tell a hand from a wheel, and coarse enough to be done in seconds.
 */
const GRID = { columns: 12, rows: 9 } as const

/** Mid-grey: near the mean of what the networks were trained on. */
const COVER = 128

/**
 * Occlusion sensitivity (Zeiler and Fergus, 2014): how much P(class) falls when a part of the
 * picture is covered.
 */
export async function heatMap(ensemble: EnsemblePort, frame: Frame, id: ClassId): Promise<HeatMap> {
  const index = CLASSES.indexOf(id)
  const probabilityOf = async (picture: Frame): Promise<number> =>
    (await ensemble.predict(picture)).probabilities[index] ?? 0
  const probability = await probabilityOf(frame)
  const falls: number[] = []
  for (let row = 0; row < GRID.rows; row++) {
    for (let column = 0; column < GRID.columns; column++) {
      falls.push(probability - (await probabilityOf(covered(frame, row, column))))
    }
  }
  return { tMs: frame.tMs, class: id, ...GRID, falls, probability }
}

function covered(frame: Frame, row: number, column: number): Frame {
  const { width, height } = frame
  const pixels = frame.pixels.slice()
  const left = Math.floor((column * width) / GRID.columns)
  const right = Math.floor(((column + 1) * width) / GRID.columns)
  const bottom = Math.floor(((row + 1) * height) / GRID.rows)
  for (let y = Math.floor((row * height) / GRID.rows); y < bottom; y++) {
    pixels.fill(COVER, (y * width + left) * 3, (y * width + right) * 3)
  }
  return { ...frame, pixels }
}
