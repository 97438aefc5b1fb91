/* eslint-disable @typescript-eslint/no-non-null-assertion -- pixel loops: indices are in range */
import type { Size } from './crop.ts'

const CHANNELS = 3

/**
 * The report's gradient picture, on each channel:
 * `addWeighted(convertScaleAbs(Sobel(CV_16S, 1, 0)), 0.5, convertScaleAbs(Sobel(CV_16S, 0, 1)), 0.5)`.
 * All of it is small whole numbers, so that plain code equals OpenCV's, without four Mats a frame.
 */
export class Gradient {
  readonly #width: number
  readonly #height: number
  readonly #output: Uint8Array
  /** Down a column: above + 2 * here + below, for the derivative across. */
  readonly #smooth: Int16Array
  /** Down a column: below - above, for the derivative down. */
  readonly #slope: Int16Array

  constructor({ width, height }: Size) {
    this.#width = width
    this.#height = height
    this.#output = new Uint8Array(width * height * CHANNELS)
    // One pixel more on each side, for the border.
    this.#smooth = new Int16Array((width + 2) * CHANNELS)
    this.#slope = new Int16Array((width + 2) * CHANNELS)
  }

  /** @returns a picture of the same size, overwritten by the next call. */
  apply(pixels: Uint8Array): Uint8Array {
    const stride = this.#width * CHANNELS
    const smooth = this.#smooth
    const slope = this.#slope
    for (let y = 0; y < this.#height; y++) {
      this.#columns(pixels, y)
      const to = y * stride
      for (let x = 0; x < stride; x++) {
        const across = Math.abs(smooth[x + 2 * CHANNELS]! - smooth[x]!)
        const down = Math.abs(slope[x]! + 2 * slope[x + CHANNELS]! + slope[x + 2 * CHANNELS]!)
        const sum = (across > 255 ? 255 : across) + (down > 255 ? 255 : down)
        // Half of the sum, ties to even, as cvRound.
        this.#output[to + x] = (sum + ((sum >> 1) & 1)) >> 1
      }
    }
    return this.#output
  }

  /** The two vertical passes of row `y`, borders reflected without repeating the edge (OpenCV's default). */
  #columns(pixels: Uint8Array, y: number): void {
    const stride = this.#width * CHANNELS
    const here = y * stride
    const above = reflect(y - 1, this.#height) * stride
    const below = reflect(y + 1, this.#height) * stride
    for (let x = 0; x < stride; x++) {
      const up = pixels[above + x]!
      const down = pixels[below + x]!
      this.#smooth[x + CHANNELS] = up + 2 * pixels[here + x]! + down
      this.#slope[x + CHANNELS] = down - up
    }
    for (const line of [this.#smooth, this.#slope]) {
      const left = (reflect(-1, this.#width) + 1) * CHANNELS
      const right = (reflect(this.#width, this.#width) + 1) * CHANNELS
      line.copyWithin(0, left, left + CHANNELS)
      line.copyWithin(stride + CHANNELS, right, right + CHANNELS)
    }
  }
}

/** Index inside 0..size-1 for one just outside: -1 becomes 1, size becomes size - 2. */
function reflect(index: number, size: number): number {
  if (size === 1) return 0
  if (index < 0) return -index
  return index < size ? index : 2 * size - 2 - index
}
