import type { Frame } from '../../core/frame.ts'
import { imencodeJpeg, matFromPixels, resize } from '../native/opencv.ts'
import type { EncodedPicture } from './picturePump.ts'

/** Wider pictures cost more time than a screen beside a driver shows. */
const MAX_WIDTH = 640

/** Artefacts cannot be seen at arm's length from here on. */
const QUALITY = 75

/** A frame as a small JPEG: 2 to 4 ms for 640x480, on this thread. */
export function encodePicture(
  { pixels, width, height }: Frame,
  maxWidth: number = MAX_WIDTH,
): EncodedPicture {
  using mat = matFromPixels(pixels, width, height)
  if (width <= maxWidth) return { width, height, jpeg: imencodeJpeg(mat, QUALITY) }
  const size = { width: maxWidth, height: Math.round((height * maxWidth) / width) }
  using small = resize(mat, size, 'area')
  return { ...size, jpeg: imencodeJpeg(small, QUALITY) }
}
