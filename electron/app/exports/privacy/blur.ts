import type { HeadZone } from '../../../contract/exports.ts'
import { imdecode, imencodeJpeg, matFromPixels } from '../../../engine/native/opencv.ts'
import { mosaic } from './mosaic.ts'

/** A mosaic has nothing that needs more. */
const QUALITY = 85

/**
 * Decodes, overwrites every pixel, encodes anew: nothing of the original's bytes is in the result,
 * neither metadata nor a thumbnail.
 *
 * @returns undefined where the bytes are no picture
 */
export async function blurJpeg(jpeg: Uint8Array, zone: HeadZone): Promise<Uint8Array | undefined> {
  using mat = await imdecode(jpeg)
  if (mat.empty) return undefined
  const { width, height } = mat
  const pixels = mat.toPixels()
  mosaic(pixels, width, height, zone)
  using coarse = matFromPixels(pixels, width, height)
  return imencodeJpeg(coarse, QUALITY)
}
