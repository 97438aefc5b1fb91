import type { Frame, Millis } from '../../core/frame.ts'
import type { Mat, Orientation, Size } from '../native/opencv.ts'
import { copyRegion, mirror, rotate } from '../native/opencv.ts'
import { sourceError } from '../../contract/sourceErrors.ts'
import type { SourceOptions } from './sourceOptions.ts'
import { ViewProbe } from './viewProbe.ts'

/** Makes frames of Mats: region, then rotation, then mirror, then pixels and light statistics. */
export class FrameMaker {
  readonly #steps: readonly ((mat: Mat) => Mat)[]
  readonly #view = new ViewProbe()

  constructor(options: SourceOptions) {
    const { region, rotate: degrees } = options
    const steps: ((mat: Mat) => Mat)[] = []
    if (region !== undefined) {
      steps.push((mat) => {
        checkRegion(options, mat)
        return copyRegion(mat, region)
      })
    }
    if (degrees !== undefined && degrees !== 0) steps.push((mat) => rotate(mat, degrees))
    if (options.mirror === true) steps.push(mirror)
    this.#steps = steps
  }

  /**
   * Leaves `mat` to its owner and keeps nothing of it.
   * @throws RoadwardError `region-outside`
   */
  make(mat: Mat, seq: number, tMs: Millis): Frame {
    let current = mat
    try {
      for (const step of this.#steps) {
        const next = step(current)
        if (current !== mat) current.release()
        current = next
      }
      return {
        seq,
        tMs,
        width: current.width,
        height: current.height,
        pixels: current.toPixels(),
        view: this.#view.measure(current),
      }
    } finally {
      if (current !== mat) current.release()
    }
  }

  /** Another drive begins: its first frame has no frame before it. */
  startDrive(): void {
    this.#view.reset()
  }
}

/** A size that may not be known. */
export interface PartSize {
  readonly width: number | undefined
  readonly height: number | undefined
}

/** Size of the frames that `options` make of pictures of this size, where it is known. */
export function frameSize(
  options: SourceOptions,
  width: number | undefined,
  height: number | undefined,
): PartSize {
  return turned(options.region ?? { width, height }, options.rotate ?? 0)
}

/** Size after a turn. */
export function turned({ width, height }: PartSize, degrees: Orientation): PartSize {
  const onItsSide = degrees === 90 || degrees === 270
  return onItsSide ? { width: height, height: width } : { width, height }
}

/** @throws RoadwardError `region-outside` when the region is not inside a picture of that size. */
export function checkRegion({ region }: SourceOptions, { width, height }: Size): void {
  if (region === undefined) return
  if (region.x + region.width <= width && region.y + region.height <= height) return
  throw sourceError(
    'region-outside',
    `The region ${region.x},${region.y},${region.width},${region.height} reaches outside the ${width}x${height} picture.`,
    'Give x,y,width,height that lie inside it.',
  )
}
