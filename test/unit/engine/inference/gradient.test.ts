import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Gradient } from '../../../../electron/engine/inference/gradient.ts'
import {
  addWeighted,
  convertScaleAbs,
  matFromPixels,
  sobel,
} from '../../../../electron/engine/native/opencv.ts'

/** The report's step as it was written, with OpenCV. */
function reportGradient(pixels: Uint8Array, width: number, height: number): Uint8Array {
  using picture = matFromPixels(pixels, width, height)
  using dx = sobel(picture, 'x')
  using dy = sobel(picture, 'y')
  using across = convertScaleAbs(dx)
  using down = convertScaleAbs(dy)
  using both = addWeighted(across, 0.5, down, 0.5)
  return both.toPixels()
}

const picture = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      pixels: fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }),
    }),
  )

describe('the gradient step', () => {
  it("equals OpenCV's Sobel, absolute values and half sums, at the borders too", () => {
    fc.assert(
      fc.property(picture, ({ width, height, pixels }) => {
        const ours = new Gradient({ width, height }).apply(pixels)
        expect(Array.from(ours)).toEqual(Array.from(reportGradient(pixels, width, height)))
      }),
      { numRuns: 200 },
    )
  })

  it('sees nothing in a plain picture', () => {
    const plain = new Uint8Array(9 * 7 * 3).fill(200)
    expect(new Set(new Gradient({ width: 9, height: 7 }).apply(plain))).toEqual(new Set([0]))
  })
})
