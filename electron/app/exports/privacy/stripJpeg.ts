/** Markers of ITU T.81 with a segment after them that describes the picture itself, not its making. */
const APP0_JFIF = 0xe0
const APP14_ADOBE = 0xee
const APP_FIRST = 0xe0
const APP_LAST = 0xef
const COMMENT = 0xfe
const START_OF_IMAGE = 0xd8
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9
const RESTART_FIRST = 0xd0
const RESTART_LAST = 0xd7

/**
 * Takes everything out of a JPEG that is not needed to show it: EXIF with its thumbnail and place,
 * XMP, profiles, comments, and whatever follows its end. The picture itself stays as it is.
 *
 * @returns undefined where the bytes are no JPEG
 */
export function stripJpeg(jpeg: Uint8Array): Uint8Array | undefined {
  if (jpeg[0] !== 0xff || jpeg[1] !== START_OF_IMAGE) return undefined
  const kept: Uint8Array[] = [jpeg.subarray(0, 2)]
  let at = 2
  while (jpeg[at] === 0xff) {
    const marker = jpeg[at + 1]
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === END_OF_IMAGE) return joined([...kept, jpeg.subarray(at, at + 2)])
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0)
    const end = at + 2 + length
    if (marker === undefined || length < 2 || end > jpeg.length) return undefined
    const next = marker === START_OF_SCAN ? endOfScan(jpeg, end) : end
    if (isNeeded(marker, length)) kept.push(jpeg.subarray(at, next))
    at = next
  }
  return undefined
}

/** A JFIF segment longer than its fixed part carries a thumbnail. */
function isNeeded(marker: number, length: number): boolean {
  if (marker === APP0_JFIF) return length === 16
  if (marker === APP14_ADOBE) return true
  return marker !== COMMENT && (marker < APP_FIRST || marker > APP_LAST)
}

/** Compressed data go on over stuffed zeros, restart marks and fill bytes. */
function endOfScan(jpeg: Uint8Array, from: number): number {
  for (let at = from; at + 1 < jpeg.length; at += 1) {
    const next = jpeg[at + 1] ?? 0
    if (jpeg[at] !== 0xff || next === 0 || next === 0xff) continue
    if (next < RESTART_FIRST || next > RESTART_LAST) return at
  }
  return jpeg.length
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
