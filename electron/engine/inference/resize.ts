import type { ManifestPreparation } from '../../contract/manifest.ts'
import { Resampler } from '../../core/ensemble/resample.ts'
import { matFromPixels, resize } from '../native/opencv.ts'
import type { Size } from './crop.ts'

/** Resizes interleaved BGR bytes; the result may be overwritten by the next call. */
export type Resizer = (pixels: Uint8Array) => Uint8Array

/** OpenCV's names. Its cubic has a = -0.75 where Pillow's has -0.5. */
const INTERPOLATION = { bilinear: 'linear', bicubic: 'cubic', area: 'area' } as const

/** The resize that a manifest asks for, between two known sizes. */
export function resizer(from: Size, to: ManifestPreparation['resize']): Resizer {
  // Neither library touches a picture that has the size already.
  if (from.width === to.width && from.height === to.height) return (pixels) => pixels
  const { interpolation } = to
  if (to.antialias && interpolation !== 'area') {
    const resampler = new Resampler(from, to, interpolation)
    return (pixels) => resampler.resize(pixels)
  }
  return (pixels) => {
    using picture = matFromPixels(pixels, from.width, from.height)
    using resized = resize(picture, to, INTERPOLATION[interpolation])
    return resized.toPixels()
  }
}
