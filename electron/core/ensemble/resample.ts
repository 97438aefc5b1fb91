/* eslint-disable @typescript-eslint/no-non-null-assertion --
   indices are in range by construction, and a check per sample would double the time */

/**
 * Pillow's antialiased resampling of 8-bit pictures, bit for bit.
 * Source: Pillow, src/libImaging/Resample.c (two passes, horizontal first, fixed point).
 */

export type Filter = 'bilinear' | 'bicubic'

/** Bits of a coefficient behind the point: 32 less 8 for the sample and 2 for sign and overshoot. */
const PRECISION_BITS = 22
const HALF = 1 << (PRECISION_BITS - 1)
const CHANNELS = 3

/** For each output position, the first input position and the weights of it and its successors. */
export interface Coefficients {
  /** Input positions an output needs at most: the stride of `weights`. */
  readonly taps: number
  readonly first: Int32Array
  readonly count: Int32Array
  /** Fixed point, `PRECISION_BITS` behind the point, summing to about 1 per output. */
  readonly weights: Int32Array
}

const KERNELS: Readonly<Record<Filter, { support: number; at: (x: number) => number }>> = {
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, at: (x) => cubic(Math.abs(x)) },
}

/** Keys' cubic with a = -0.5, which Pillow uses (OpenCV's is -0.75). */
function cubic(x: number): number {
  const a = -0.5
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a
  return 0
}

/** Weights that turn `inSize` samples into `outSize`, widened by the scale when shrinking. */
export function coefficients(inSize: number, outSize: number, filter: Filter): Coefficients {
  const kernel = KERNELS[filter]
  const scale = inSize / outSize
  const filterScale = Math.max(1, scale)
  const support = kernel.support * filterScale
  const inverse = 1 / filterScale
  const taps = Math.ceil(support) * 2 + 1
  const first = new Int32Array(outSize)
  const count = new Int32Array(outSize)
  const weights = new Int32Array(outSize * taps)
  for (let out = 0; out < outSize; out++) {
    const centre = (out + 0.5) * scale
    const low = Math.max(0, Math.trunc(centre - support + 0.5))
    const high = Math.min(inSize, Math.trunc(centre + support + 0.5))
    const exact = Array.from({ length: high - low }, (_, x) =>
      kernel.at((x + low - centre + 0.5) * inverse),
    )
    const total = exact.reduce((sum, weight) => sum + weight, 0)
    first[out] = low
    count[out] = high - low
    // The normalised weight is rounded half away from zero, as C's cast of w ± 0.5 does.
    weights.set(
      exact.map((weight) => toFixedPoint(weight / total)),
      out * taps,
    )
  }
  return { taps, first, count, weights }
}

function toFixedPoint(weight: number): number {
  return Math.trunc(weight * (1 << PRECISION_BITS) + (weight < 0 ? -0.5 : 0.5))
}

/** Resizes pictures of one size to another; keeps its buffers, so a result lives until the next call. */
export class Resampler {
  readonly #inWidth: number
  readonly #inHeight: number
  readonly #outWidth: number
  readonly #outHeight: number
  readonly #across: Coefficients
  readonly #down: Coefficients
  readonly #narrowed: Uint8Array
  readonly #output: Uint8Array

  constructor(
    from: { readonly width: number; readonly height: number },
    to: { readonly width: number; readonly height: number },
    filter: Filter,
  ) {
    this.#inWidth = from.width
    this.#inHeight = from.height
    this.#outWidth = to.width
    this.#outHeight = to.height
    this.#across = coefficients(from.width, to.width, filter)
    this.#down = coefficients(from.height, to.height, filter)
    this.#narrowed = new Uint8Array(from.height * to.width * CHANNELS)
    this.#output = new Uint8Array(to.height * to.width * CHANNELS)
  }

  /**
   * @param pixels three interleaved channels, rows without padding.
   * @returns the resized picture, overwritten by the next call; `pixels` itself when no pass is needed.
   */
  resize(pixels: Uint8Array): Uint8Array {
    // Pillow skips a pass that would not change the size, instead of filtering with weights of 1.
    const narrowed = this.#inWidth === this.#outWidth ? pixels : this.#resizeRows(pixels)
    return this.#inHeight === this.#outHeight ? narrowed : this.#resizeColumns(narrowed)
  }

  #resizeRows(pixels: Uint8Array): Uint8Array {
    const { taps, first, count, weights } = this.#across
    const output = this.#narrowed
    const inStride = this.#inWidth * CHANNELS
    let to = 0
    for (let y = 0; y < this.#inHeight; y++) {
      for (let x = 0; x < this.#outWidth; x++) {
        let from = y * inStride + first[x]! * CHANNELS
        let blue = HALF
        let green = HALF
        let red = HALF
        const start = x * taps
        const end = start + count[x]!
        for (let tap = start; tap < end; tap++) {
          const weight = weights[tap]!
          blue = (blue + Math.imul(pixels[from]!, weight)) | 0
          green = (green + Math.imul(pixels[from + 1]!, weight)) | 0
          red = (red + Math.imul(pixels[from + 2]!, weight)) | 0
          from += CHANNELS
        }
        output[to] = clamp(blue >> PRECISION_BITS)
        output[to + 1] = clamp(green >> PRECISION_BITS)
        output[to + 2] = clamp(red >> PRECISION_BITS)
        to += CHANNELS
      }
    }
    return output
  }

  #resizeColumns(pixels: Uint8Array): Uint8Array {
    const { taps, first, count, weights } = this.#down
    const output = this.#output
    const stride = this.#outWidth * CHANNELS
    for (let y = 0; y < this.#outHeight; y++) {
      const start = y * taps
      const end = start + count[y]!
      const top = first[y]! * stride
      const to = y * stride
      for (let x = 0; x < stride; x++) {
        let sample = HALF
        let from = top + x
        for (let tap = start; tap < end; tap++) {
          sample = (sample + Math.imul(pixels[from]!, weights[tap]!)) | 0
          from += stride
        }
        output[to + x] = clamp(sample >> PRECISION_BITS)
      }
    }
    return output
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value
}
