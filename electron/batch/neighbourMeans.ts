import type { Frame } from '../core/frame.ts'
import { LookAlikes, THUMBNAIL } from '../core/evaluation/lookAlikes.ts'
import { mergeRows } from '../core/evaluation/submission.ts'
import { cvtColor, matFromPixels, resize } from '../engine/native/opencv.ts'

/**
 * What was said of many pictures, averaged over those that look alike. Frames of one drive follow
 * each other and mostly show the same state, also where their order was lost, as in the competition.
 * For recorded sets only: live, the temporal filter does this with the frames before.
 * Source: the winners of State Farm Distracted Driver Detection (Kaggle 2016) averaged over nearest
 * neighbours.
 */
export class NeighbourMeans {
  readonly #alike = new LookAlikes()
  readonly #rows: (readonly number[])[] = []
  readonly #neighbours: number

  /** @param neighbours how many pictures count beside each, all alike */
  constructor(neighbours: number) {
    this.#neighbours = neighbours
  }

  /**
   * @param probabilities ten numbers from 0 on, not all 0
   * @returns its index
   */
  add(frame: Frame, probabilities: readonly number[]): number {
    this.#rows.push(probabilities)
    return this.#alike.add(thumbnailOf(frame))
  }

  /** Mean of what was said of a picture and of its neighbours. */
  mean(index: number): readonly number[] {
    const those = [index, ...this.#alike.nearest(index, this.#neighbours)]
    const rows = those.map((each) => ({ values: this.#rows[each] ?? [], weight: 1 }))
    return mergeRows(rows, 'average')
  }
}

function thumbnailOf({ pixels, width, height }: Frame): Uint8Array {
  using picture = matFromPixels(pixels, width, height)
  using small = resize(picture, THUMBNAIL, 'area')
  using grey = cvtColor(small, 'bgr-to-grey')
  return grey.toPixels()
}
