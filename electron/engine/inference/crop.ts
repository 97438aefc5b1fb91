/* eslint-disable @typescript-eslint/no-non-null-assertion -- pixel loops: indices are in range */

export interface Size {
  readonly width: number
  readonly height: number
}

/** Part of a picture that a centre crop keeps, and where it lands in the crop. */
interface Span {
  /** First sample taken from the picture. */
  readonly from: number
  /** Its place in the crop: above 0 when the picture is smaller and zeros surround it. */
  readonly to: number
  readonly length: number
}

const CHANNELS = 3

/**
 * One axis of torchvision's CenterCrop.
 * Source: torchvision/transforms/functional.py, `center_crop`: a smaller picture is padded with
 * zeros, the odd one on the far side; a larger one is cut at Python's `round((size - crop) / 2)`.
 */
export function centreSpan(size: number, crop: number): Span {
  if (crop > size) return { from: 0, to: Math.floor((crop - size) / 2), length: size }
  return { from: roundHalfToEven((size - crop) / 2), to: 0, length: crop }
}

/** Python's `round`: 0.5 becomes 0, 1.5 becomes 2, 2.5 becomes 2. */
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

/**
 * Copies the centre of `pixels` into `output` (`crop` sized), mirrored left to right if asked.
 * `output` must come zeroed, or from a crop between the same sizes: its padding is not written.
 */
export function centreCrop(
  pixels: Uint8Array,
  size: Size,
  output: Uint8Array,
  crop: Size,
  mirror: boolean,
): void {
  const across = centreSpan(size.width, crop.width)
  const down = centreSpan(size.height, crop.height)
  for (let row = 0; row < down.length; row++) {
    const from = ((down.from + row) * size.width + across.from) * CHANNELS
    const line = pixels.subarray(from, from + across.length * CHANNELS)
    const to = (down.to + row) * crop.width
    if (mirror) mirrorInto(line, output, (to + crop.width - across.to) * CHANNELS)
    else output.set(line, (to + across.to) * CHANNELS)
  }
}

/** Writes the pixels of `line` backwards, ending before `end`. */
function mirrorInto(line: Uint8Array, output: Uint8Array, end: number): void {
  let to = end - CHANNELS
  for (let from = 0; from < line.length; from += CHANNELS) {
    output[to] = line[from]!
    output[to + 1] = line[from + 1]!
    output[to + 2] = line[from + 2]!
    to -= CHANNELS
  }
}
