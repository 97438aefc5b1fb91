import { isJpeg, jpegSegments } from '../../../contract/jpeg.ts'

/** Markers of ITU T.81 with a segment after them that describes the picture itself, not its making. */
const APP0_JFIF = 0xe0
const APP14_ADOBE = 0xee
const APP_FIRST = 0xe0
const APP_LAST = 0xef
const COMMENT = 0xfe
const END_OF_IMAGE = 0xd9

/**
 * Takes everything out of a JPEG that is not needed to show it: EXIF with its thumbnail and place,
 * XMP, profiles, comments, and whatever follows its end. The picture itself stays as it is.
 *
 * @returns undefined where the bytes are no whole JPEG
 */
export function stripJpeg(jpeg: Uint8Array): Uint8Array | undefined {
  if (!isJpeg(jpeg)) return undefined
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)]
  for (const { marker, from, to, length } of jpegSegments(jpeg)) {
    if (isNeeded(marker, length)) kept.push(jpeg.subarray(from, to))
    if (marker === END_OF_IMAGE) return joined(kept)
  }
  return undefined
}

/** A JFIF segment longer than its fixed part carries a thumbnail. */
function isNeeded(marker: number, length: number): boolean {
  if (marker === APP0_JFIF) return length === 16
  if (marker === APP14_ADOBE) return true
  return marker !== COMMENT && (marker < APP_FIRST || marker > APP_LAST)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
