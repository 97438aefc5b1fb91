import { describe, expect, it } from 'vitest'
import { centreCrop, centreSpan } from '../../../../electron/engine/inference/crop.ts'

/** A picture whose every pixel tells where it was: (row * 16 + column) in all channels. */
function labelled(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3)
    return Math.floor(pixel / width) * 16 + (pixel % width) + (index % 3) * 64
  })
}

/** The first channel, row by row. */
function blue(pixels: Uint8Array, width: number): number[][] {
  const values = Array.from(pixels).filter((_, index) => index % 3 === 0)
  return Array.from({ length: values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  )
}

function cropped(from: [number, number], to: [number, number], mirror = false): number[][] {
  const [width, height] = to
  const output = new Uint8Array(width * height * 3)
  const size = { width: from[0], height: from[1] }
  centreCrop(labelled(...from), size, output, { width, height }, mirror)
  return blue(output, width)
}

describe("torchvision's centre crop", () => {
  // From the formula of torchvision's `center_crop`, run in Python.
  it.each([
    [640, 480, { from: 80, to: 0, length: 480 }],
    [480, 320, { from: 80, to: 0, length: 320 }],
    [3, 2, { from: 0, to: 0, length: 2 }],
    [5, 2, { from: 2, to: 0, length: 2 }],
    [7, 2, { from: 2, to: 0, length: 2 }],
    [9, 2, { from: 4, to: 0, length: 2 }],
    [11, 2, { from: 4, to: 0, length: 2 }],
    [4, 4, { from: 0, to: 0, length: 4 }],
    [2, 5, { from: 0, to: 1, length: 2 }],
    [3, 8, { from: 0, to: 2, length: 3 }],
    [480, 481, { from: 0, to: 0, length: 480 }],
  ])('of %d to %d rounds a half to the even side', (size, crop, span) => {
    expect(centreSpan(size, crop)).toEqual(span)
  })

  it('keeps the middle', () => {
    expect(cropped([4, 4], [2, 2])).toEqual([
      [17, 18],
      [33, 34],
    ])
  })

  it('surrounds a smaller picture with black, the odd line on the far side', () => {
    expect(cropped([2, 2], [5, 3])).toEqual([
      [0, 0, 1, 0, 0],
      [0, 16, 17, 0, 0],
      [0, 0, 0, 0, 0],
    ])
  })

  it('cuts one side and pads the other', () => {
    expect(cropped([4, 1], [2, 3])).toEqual([
      [0, 0],
      [1, 2],
      [0, 0],
    ])
  })

  it('mirrors what it kept, black included', () => {
    expect(cropped([2, 2], [5, 3], true)).toEqual([
      [0, 0, 1, 0, 0],
      [0, 0, 17, 16, 0],
      [0, 0, 0, 0, 0],
    ])
  })

  it('keeps the three channels of a mirrored pixel in order', () => {
    const output = new Uint8Array(6)
    const size = { width: 2, height: 1 }
    centreCrop(Uint8Array.of(1, 2, 3, 4, 5, 6), size, output, size, true)
    expect(Array.from(output)).toEqual([4, 5, 6, 1, 2, 3])
  })
})
