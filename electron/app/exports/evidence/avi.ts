import type { Millis } from '../../../core/frame.ts'

/** RIFF AVI with Motion JPEG: the oldest video form that every player knows; the JPEGs are in it as they are. */
const MJPG = 'MJPG'
/** `AVIF_HASINDEX`. */
const HAS_INDEX = 0x10
/** `AVIIF_KEYFRAME`: every JPEG stands alone. */
const KEY_FRAME = 0x10

export interface AviOptions {
  readonly width: number
  readonly height: number
  /** All frames are shown for the same time; the exact times are beside the file. */
  readonly frameMs: Millis
}

/** @param jpegs at least one, of one size */
export function mjpegAvi(jpegs: readonly Uint8Array[], options: AviOptions): Uint8Array {
  const frames = jpegs.map((jpeg) => chunk('00dc', jpeg))
  let at = 4
  const index = frames.map((frame, i) => {
    const entry = concat([ascii('00dc'), numbers(KEY_FRAME, at, jpegs[i]?.length ?? 0)])
    at += frame.length
    return entry
  })
  const largest = jpegs.reduce((most, { length }) => Math.max(most, length), 0)
  return chunk(
    'RIFF',
    concat([
      ascii('AVI '),
      list('hdrl', [
        chunk('avih', mainHeader(jpegs.length, largest, options)),
        list('strl', [
          chunk('strh', streamHeader(jpegs.length, largest, options)),
          chunk('strf', bitmapHeader(options)),
        ]),
      ]),
      list('movi', frames),
      chunk('idx1', concat(index)),
    ]),
  )
}

/** `AVIMAINHEADER` without its first eight bytes. */
function mainHeader(count: number, largest: number, { width, height, frameMs }: AviOptions) {
  const microseconds = Math.round(frameMs * 1000)
  const perSecond = Math.ceil((largest * 1000) / frameMs)
  return numbers(
    ...[microseconds, perSecond, 0, HAS_INDEX, count, 0, 1, largest, width, height],
    ...[0, 0, 0, 0],
  )
}

/** `AVISTREAMHEADER` without its first eight bytes. */
function streamHeader(count: number, largest: number, { width, height, frameMs }: AviOptions) {
  const scale = Math.round(frameMs * 1000)
  return concat([
    ascii('vids'),
    ascii(MJPG),
    numbers(0, 0, 0, scale, 1_000_000, 0, count, largest, 0xffffffff, 0),
    // The frame in which it is shown, four 16-bit numbers.
    numbers(0, width | (height << 16)),
  ])
}

/** `BITMAPINFOHEADER`. */
function bitmapHeader({ width, height }: AviOptions) {
  const onePlane24Bits = 1 | (24 << 16)
  return concat([
    numbers(40, width, height, onePlane24Bits),
    ascii(MJPG),
    numbers(width * height * 3, 0, 0, 0, 0),
  ])
}

function list(kind: string, parts: readonly Uint8Array[]): Uint8Array {
  return chunk('LIST', concat([ascii(kind), ...parts]))
}

/** Chunks begin at even places. */
function chunk(kind: string, body: Uint8Array): Uint8Array {
  return concat([ascii(kind), numbers(body.length), body, new Uint8Array(body.length % 2)])
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function numbers(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4)
  const view = new DataView(bytes.buffer)
  values.forEach((value, i) => {
    view.setUint32(i * 4, value >>> 0, true)
  })
  return bytes
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts))
}
