import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  coefficients,
  Resampler,
  type Filter,
} from '../../../../electron/core/ensemble/resample.ts'

const FROM = { width: 23, height: 17 }

/** A busy picture that Python makes with the same formula. */
const PICTURE = Uint8Array.from({ length: FROM.width * FROM.height * 3 }, (_, index) => {
  const channel = index % 3
  const x = Math.floor(index / 3) % FROM.width
  const y = Math.floor(index / 3 / FROM.width)
  return (x * x * 7 + y * 31 + channel * 90 + x * y * 13) % 256
})

/** Made by Pillow 13.0: `Image.fromarray(picture).resize((width, height), filter)`. */
const PILLOW: readonly [number, number, Filter, number, string][] = [
  [8, 6, 'bilinear', 1107038631, '69 145 144 117 125 117 142 109 131'],
  [8, 6, 'bicubic', 3366245155, '61 147 147 117 125 115 144 107 133'],
  [23, 5, 'bilinear', 662282701, '47 137 172 74 149 134 100 150 94'],
  [23, 5, 'bicubic', 3764282184, '40 138 178 72 154 129 101 151 95'],
  [9, 17, 'bilinear', 2674751354, '13 103 193 84 139 154 179 94 103'],
  [9, 17, 'bicubic', 46019502, '6 100 198 85 143 155 186 91 92'],
  [40, 30, 'bilinear', 2474671311, '0 90 180 3 93 183 7 97 187'],
  [40, 30, 'bicubic', 2074522698, '0 87 177 0 88 177 3 93 182'],
  [7, 40, 'bilinear', 3237779493, '24 114 192 133 118 122 149 92 121'],
  [7, 40, 'bicubic', 1987298608, '8 111 204 142 118 122 148 89 116'],
]

const filters = fc.constantFrom<Filter>('bilinear', 'bicubic')
const sizes = fc.integer({ min: 1, max: 24 })

describe("Pillow's resampling", () => {
  it.each(PILLOW)(
    "gives Pillow's bytes for 23x17 to %dx%d, %s",
    (width, height, filter, crc, start) => {
      const resized = new Resampler(FROM, { width, height }, filter).resize(PICTURE)
      expect(Array.from(resized.subarray(0, 9)).join(' ')).toBe(start)
      expect(resized).toHaveLength(width * height * 3)
      expect(crc32(resized)).toBe(crc)
    },
  )

  it('hands back the picture itself when the size is right', () => {
    expect(new Resampler(FROM, FROM, 'bicubic').resize(PICTURE)).toBe(PICTURE)
  })

  it('gives the same bytes again from its used buffers', () => {
    const resampler = new Resampler(FROM, { width: 8, height: 6 }, 'bicubic')
    const first = resampler.resize(PICTURE).slice()
    resampler.resize(new Uint8Array(PICTURE.length).fill(255))
    expect(resampler.resize(PICTURE)).toEqual(first)
  })

  it('leaves a plain picture plain, whatever the sizes', () => {
    fc.assert(
      fc.property(
        sizes,
        sizes,
        sizes,
        sizes,
        filters,
        fc.integer({ min: 0, max: 255 }),
        (w, h, tw, th, filter, level) => {
          const plain = new Uint8Array(w * h * 3).fill(level)
          const resized = new Resampler(
            { width: w, height: h },
            { width: tw, height: th },
            filter,
          ).resize(plain)
          expect(new Set(resized)).toEqual(new Set([level]))
        },
      ),
    )
  })

  it('weighs only samples that exist, by weights that sum to 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 700 }),
        fc.integer({ min: 1, max: 350 }),
        filters,
        (from, to, filter) => {
          const { taps, first, count, weights } = coefficients(from, to, filter)
          for (let out = 0; out < to; out++) {
            const used = weights.subarray(out * taps, out * taps + (count[out] ?? 0))
            expect((first[out] ?? -1) + used.length).toBeLessThanOrEqual(from)
            const total = used.reduce((sum, weight) => sum + weight, 0)
            expect(Math.abs(total - (1 << 22))).toBeLessThanOrEqual(used.length)
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})
