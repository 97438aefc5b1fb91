/* eslint-disable @typescript-eslint/no-non-null-assertion -- pixel loops: indices are in range */

import { grown } from './grown.ts'

/** Size of the grey pictures that are compared; smaller ones find worse neighbours (EXPERIMENTS.md). */
export const THUMBNAIL = { width: 32, height: 24 } as const

const PIXELS = THUMBNAIL.width * THUMBNAIL.height
/** Edge of the square blocks whose sums tell most pictures apart already. */
const BLOCK = 4
const BLOCK_PIXELS = BLOCK * BLOCK
const BLOCKS_ACROSS = THUMBNAIL.width / BLOCK
const BLOCKS = PIXELS / BLOCK_PIXELS
/** Differences that are summed before a look at the sum; divides `BLOCKS` and `PIXELS`. */
const STRIDE = 8
/** Room for so many pictures at first. */
const ROOM = 1024

interface Neighbour {
  readonly index: number
  /** Sum of the squared differences of all pixels. */
  readonly distance: number
}

/**
 * Finds the pictures that look most like one, among all that were added: 864 bytes a picture.
 *
 * The search is exact. By the Cauchy-Schwarz inequality two blocks whose sums differ by d have pixels
 * that differ by at least d² / 16 in their squares, so block sums rule out nearly all pictures.
 * Source: Li & Salari 1995, "Successive elimination algorithm for motion estimation".
 */
export class LookAlikes {
  #pixels = new Uint8Array(ROOM * PIXELS)
  #sums = new Uint16Array(ROOM * BLOCKS)
  #size = 0

  /**
   * @param thumbnail grey, `THUMBNAIL` large, one byte a pixel, rows without padding
   * @returns its index
   * @throws RangeError for a picture of another size
   */
  add(thumbnail: Uint8Array): number {
    if (thumbnail.length !== PIXELS) {
      throw new RangeError(`${thumbnail.length} bytes are no grey picture of ${PIXELS} pixels.`)
    }
    const index = this.#size++
    this.#pixels = grown(this.#pixels, this.#size * PIXELS)
    this.#sums = grown(this.#sums, this.#size * BLOCKS)
    this.#pixels.set(thumbnail, index * PIXELS)
    this.#sums.set(blockSums(thumbnail), index * BLOCKS)
    return index
  }

  /** The `count` other pictures most like that one, or all if they are fewer; most alike first. */
  nearest(index: number, count: number): number[] {
    const found: Neighbour[] = []
    let limit = Infinity
    // From the next one on, around to the one before: in most sets what follows looks alike, and the
    // sooner `limit` is low, the more can be left out.
    for (let step = 1; step < this.#size; step++) {
      const other = (index + step) % this.#size
      if (this.#leastDistance(index, other, limit) >= limit) continue
      const distance = this.#distance(index, other, limit)
      if (distance >= limit) continue
      found.push({ index: other, distance })
      found.sort((a, b) => a.distance - b.distance)
      if (found.length < count) continue
      found.length = count
      limit = found[count - 1]!.distance
    }
    return found.map((neighbour) => neighbour.index)
  }

  /** The distance of two pictures is this or more; from `limit` on it may be anything above. */
  #leastDistance(one: number, other: number, limit: number): number {
    const enough = limit * BLOCK_PIXELS
    return partialDistance(this.#sums, one * BLOCKS, other * BLOCKS, BLOCKS, enough) / BLOCK_PIXELS
  }

  /** Exact below `limit`. */
  #distance(one: number, other: number, limit: number): number {
    return partialDistance(this.#pixels, one * PIXELS, other * PIXELS, PIXELS, limit)
  }
}

/**
 * Squared distance of two stretches of `values`, or the part of it that reached `enough`.
 * Source: Bei & Gray 1985, "An improvement of the minimum distortion encoding algorithm".
 */
function partialDistance(
  values: Uint8Array | Uint16Array,
  one: number,
  other: number,
  length: number,
  enough: number,
): number {
  let sum = 0
  for (let from = 0; from < length && sum < enough; from += STRIDE) {
    for (let i = from; i < from + STRIDE; i++) {
      const difference = values[one + i]! - values[other + i]!
      sum += difference * difference
    }
  }
  return sum
}

function blockSums(thumbnail: Uint8Array): Uint16Array {
  const sums = new Uint16Array(BLOCKS)
  for (let i = 0; i < PIXELS; i++) {
    const across = Math.floor((i % THUMBNAIL.width) / BLOCK)
    const down = Math.floor(i / THUMBNAIL.width / BLOCK)
    sums[down * BLOCKS_ACROSS + across]! += thumbnail[i]!
  }
  return sums
}
