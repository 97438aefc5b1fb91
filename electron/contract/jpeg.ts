/** How a JPEG is put together (ITU-T T.81, B.1): the one place that walks its markers. */

const FF = 0xff
const START_OF_IMAGE = 0xd8
const END_OF_IMAGE = 0xd9
const START_OF_SCAN = 0xda
const RESTART_FIRST = 0xd0
const RESTART_LAST = 0xd7
const FRAME_FIRST = 0xc0
const FRAME_LAST = 0xcf

/** Among the start-of-frame markers three mean something else. */
const NOT_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc])

export interface JpegSegment {
  readonly marker: number
  /** Where its marker stands. */
  readonly from: number
  /** Where the next one begins; behind a scan's head come its compressed data. */
  readonly to: number
  /** As it says itself; 0 for the end of the image. */
  readonly length: number
}

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === FF && bytes[1] === START_OF_IMAGE
}

/** The segments behind the start of the image, to its end or to where they make no sense any more. */
export function* jpegSegments(jpeg: Uint8Array): Generator<JpegSegment, void> {
  if (!isJpeg(jpeg)) return
  let at = 2
  while (jpeg[at] === FF) {
    const marker = jpeg[at + 1]
    if (marker === FF) {
      // Markers may be filled up in front.
      at += 1
      continue
    }
    if (marker === END_OF_IMAGE) {
      yield { marker, from: at, to: at + 2, length: 0 }
      return
    }
    const length = ((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0)
    const end = at + 2 + length
    if (marker === undefined || length < 2 || end > jpeg.length) return
    const to = marker === START_OF_SCAN ? endOfScan(jpeg, end) : end
    yield { marker, from: at, to, length }
    at = to
  }
}

/** @returns undefined where the bytes are no JPEG */
export function jpegSize(
  jpeg: Uint8Array,
): { readonly width: number; readonly height: number } | undefined {
  for (const { marker, from, length } of jpegSegments(jpeg)) {
    const isFrame = marker >= FRAME_FIRST && marker <= FRAME_LAST && !NOT_FRAMES.has(marker)
    if (!isFrame || length < 7) continue
    const [, , , , , h1 = 0, h0 = 0, w1 = 0, w0 = 0] = jpeg.subarray(from, from + 9)
    return { width: (w1 << 8) | w0, height: (h1 << 8) | h0 }
  }
  return undefined
}

/**
 * True for a JPEG without an end after its last scan: inside a scan 0xFF is followed by 0x00 or a
 * restart marker, so neither marker can occur there by chance. More lenient than the segments are:
 * decoders pass over odd bytes between them.
 */
export function isCutJpeg(bytes: Uint8Array): boolean {
  if (!isJpeg(bytes)) return false
  const lastScan = lastMarker(bytes, START_OF_SCAN)
  return lastScan === -1 || lastMarker(bytes, END_OF_IMAGE) < lastScan
}

function lastMarker(bytes: Uint8Array, marker: number): number {
  for (
    let at = bytes.lastIndexOf(FF);
    at >= 0;
    at = at === 0 ? -1 : bytes.lastIndexOf(FF, at - 1)
  ) {
    if (bytes[at + 1] === marker) return at
  }
  return -1
}

/** Compressed data go on over stuffed zeros, restart marks and fill bytes. */
function endOfScan(jpeg: Uint8Array, from: number): number {
  for (let at = jpeg.indexOf(FF, from); at !== -1; at = jpeg.indexOf(FF, at + 1)) {
    const next = jpeg[at + 1]
    if (next === undefined) break
    if (next === 0 || next === FF || (next >= RESTART_FIRST && next <= RESTART_LAST)) continue
    return at
  }
  return jpeg.length
}
