import type { ManifestPreparation } from '../../contract/manifest.ts'
import type { Frame } from '../../core/frame.ts'
import { centreCrop, type Size } from './crop.ts'
import { Gradient } from './gradient.ts'
import { normaliser, type Normaliser } from './normalise.ts'
import { resizer, type Resizer } from './resize.ts'

/** The part of a frame that preparation reads. */
export type Picture = Pick<Frame, 'width' | 'height' | 'pixels'>

/**
 * Turns frames into one input tensor exactly as the fold was trained: crop, mirror, resize, extra,
 * colour order, scale, mean, std. Works in buffers of its own, so that a frame allocates nothing
 * of size in JavaScript.
 */
export class Preparation {
  /** NCHW, one picture; overwritten by every `prepare`. */
  readonly tensor: Float32Array
  readonly #steps: ManifestPreparation
  readonly #extra: Resizer
  readonly #normalise: Normaliser
  #geometry: Geometry | undefined

  constructor(steps: ManifestPreparation) {
    const { width, height } = steps.resize
    this.tensor = new Float32Array(3 * height * width)
    this.#steps = steps
    this.#extra = extraStep(steps)
    this.#normalise = normaliser(steps)
  }

  /**
   * Fills `tensor` from a picture of any size; a size other than the last one costs new tables.
   * The picture's pixels are no longer needed when it returns.
   */
  prepare(picture: Picture): void {
    this.#normalise(this.#extra(this.#resized(picture)), this.tensor)
  }

  #resized(picture: Picture): Uint8Array {
    const { width, height, pixels } = picture
    if (pixels.length !== width * height * 3) {
      throw new RangeError(`${pixels.length} bytes are not a ${width}x${height} picture in BGR`)
    }
    if (this.#geometry?.from.width !== width || this.#geometry.from.height !== height) {
      this.#geometry = new Geometry({ width, height }, this.#steps)
    }
    return this.#geometry.apply(pixels)
  }
}

function extraStep({ extra, resize }: ManifestPreparation): Resizer {
  switch (extra) {
    case 'none':
      return (pixels) => pixels
    case 'gradient': {
      const gradient = new Gradient(resize)
      return (pixels) => gradient.apply(pixels)
    }
  }
}

/** The steps that depend on the size of the frame, with their buffers. */
class Geometry {
  readonly from: Size
  readonly #crop: Size
  /** The picture cropped and mirrored; undefined when neither changes anything. */
  readonly #cropped: Uint8Array | undefined
  readonly #mirror: boolean
  readonly #resize: Resizer

  constructor(from: Size, steps: ManifestPreparation) {
    const crop = steps.crop ?? from
    const whole = crop.width === from.width && crop.height === from.height
    this.from = from
    this.#crop = crop
    this.#mirror = steps.mirror
    this.#cropped =
      whole && !steps.mirror ? undefined : new Uint8Array(crop.width * crop.height * 3)
    this.#resize = resizer(crop, steps.resize)
  }

  apply(pixels: Uint8Array): Uint8Array {
    if (this.#cropped === undefined) return this.#resize(pixels)
    centreCrop(pixels, this.from, this.#cropped, this.#crop, this.#mirror)
    return this.#resize(this.#cropped)
  }
}
