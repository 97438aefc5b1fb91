import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LookAlikes, THUMBNAIL } from '../../../../electron/core/evaluation/lookAlikes.ts'

const PIXELS = THUMBNAIL.width * THUMBNAIL.height

/** Flat pictures with one pixel that is not: cheap to draw, and near enough to be confused. */
const picture = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(PIXELS - 1))
  .map(([grey, other, at]) => new Uint8Array(PIXELS).fill(grey).fill(other, at, at + 1))

function distance(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] ?? NaN)) ** 2, 0)
}

function added(pictures: readonly Uint8Array[]): LookAlikes {
  const alike = new LookAlikes()
  for (const each of pictures) alike.add(each)
  return alike
}

describe('LookAlikes', () => {
  it('finds what comparing every pixel of all pictures finds', () => {
    fc.assert(
      fc.property(
        fc.array(picture, { minLength: 1, maxLength: 40 }),
        fc.nat(),
        fc.integer({ min: 1, max: 6 }),
        (pictures, pick, count) => {
          const index = pick % pictures.length
          const own = pictures[index] ?? new Uint8Array()
          const distances = pictures.map((other) => distance(own, other))
          const found = added(pictures).nearest(index, count)
          const expected = distances
            .filter((_, i) => i !== index)
            .sort((a, b) => a - b)
            .slice(0, count)
          expect(found).not.toContain(index)
          expect(new Set(found).size).toBe(found.length)
          expect(found.map((i) => distances[i])).toEqual(expected)
        },
      ),
    )
  })

  it('tells apart pictures of the same block sums', () => {
    const striped = (first: number) =>
      Uint8Array.from({ length: PIXELS }, (_, i) => ((i + first) % 2) * 200)
    const even = new Uint8Array(PIXELS).fill(100)
    expect(added([striped(0), striped(1), even, striped(0)]).nearest(0, 2)).toEqual([3, 2])
  })

  it('takes more pictures than it had room for', () => {
    const alike = added(
      Array.from({ length: 2500 }, (_, n) =>
        new Uint8Array(PIXELS).fill(n % 250).fill(Math.floor(n / 250), 0, 1),
      ),
    )
    expect(alike.nearest(2251, 2)).toEqual([2001, 1751])
  })

  it('refuses a picture of another size', () => {
    expect(() => new LookAlikes().add(new Uint8Array(12))).toThrow(/12 bytes are no grey picture/)
  })
})
