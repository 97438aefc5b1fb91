import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RoadwardError } from '../../../../../electron/core/errors.ts'
import {
  imdecodeSync,
  imencodeJpeg,
  matFromPixels,
} from '../../../../../electron/engine/native/opencv.ts'
import { blurJpeg } from '../../../../../electron/app/exports/privacy/blur.ts'
import { HEAD_ZONE, mosaic } from '../../../../../electron/app/exports/privacy/mosaic.ts'
import { stripJpeg } from '../../../../../electron/app/exports/privacy/stripJpeg.ts'
import { exportPicture } from '../../../../../electron/app/exports/exportPictures.ts'

const [WIDTH, HEIGHT] = [320, 240]
const SECRET = 'Exif: Ann, 31.2304 N 121.4737 E'

const JPEG_LOST = new Uint8Array()

/** Noise: the most that a picture can tell. */
function noise(seed: number): Uint8Array {
  let state = seed
  return Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
}

function jpegOf(pixels: Uint8Array): Uint8Array {
  using mat = matFromPixels(pixels, WIDTH, HEIGHT)
  return imencodeJpeg(mat, 95)
}

/** As a camera writes it: the picture with EXIF, a comment, and something after its end. */
function told(jpeg: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(SECRET)
  const segment = (marker: number) => [0xff, marker, 0, text.length + 2, ...text]
  return Uint8Array.of(0xff, 0xd8, ...segment(0xe1), ...segment(0xfe), ...jpeg.slice(2), ...text)
}

/** Different colours in the zone. */
function coloursInZone(pixels: Uint8Array): number {
  const colours = new Set<number>()
  for (let i = 0; i < WIDTH * Math.ceil(HEIGHT * HEAD_ZONE.height) * 3; i += 3) {
    colours.add(((pixels[i] ?? 0) << 16) | ((pixels[i + 1] ?? 0) << 8) | (pixels[i + 2] ?? 0))
  }
  return colours.size
}

describe('the mosaic', () => {
  it('leaves sixteen by seven blocks of the head zone, of sixteen levels each', () => {
    const pixels = noise(1)
    mosaic(pixels, WIDTH, HEIGHT, HEAD_ZONE)
    expect(coloursInZone(pixels)).toBeLessThanOrEqual(16 * 7)
    const zone = pixels.subarray(0, WIDTH * 156 * 3)
    expect(new Set(zone).size).toBeLessThanOrEqual(16)
  })

  it('makes the same of two heads with the same colours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
        // Two rows swapped within a block: another face, as far as the block is concerned.
        const [one, other] = [noise(seed), noise(seed)]
        const row = WIDTH * 3
        other.copyWithin(0, row, 2 * row)
        other.set(one.subarray(0, row), row)
        mosaic(one, WIDTH, HEIGHT, HEAD_ZONE)
        mosaic(other, WIDTH, HEIGHT, HEAD_ZONE)
        expect(Buffer.compare(one, other)).toBe(0)
      }),
      { numRuns: 3 },
    )
  })

  it('has no fine block anywhere, whatever the zone', () => {
    const share = fc.double({ min: 0, max: 0.5, noNaN: true })
    const size = fc.double({ min: 0.05, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(share, share, size, size, (x, y, width, height) => {
        const pixels = noise(7)
        mosaic(pixels, WIDTH, HEIGHT, { x, y, width, height })
        const colours = new Set<string>()
        for (let i = 0; i < pixels.length; i += 3) {
          colours.add(`${pixels[i] ?? 0} ${pixels[i + 1] ?? 0} ${pixels[i + 2] ?? 0}`)
        }
        // 45 by 34 blocks of at least seven pixels.
        expect(colours.size).toBeLessThanOrEqual(45 * 34 + 16 * 16)
      }),
      { numRuns: 6 },
    )
  })
})

describe('a blurred picture', () => {
  it('has lost what was in the head zone', async () => {
    const blurred = (await blurJpeg(jpegOf(noise(3)), HEAD_ZONE)) ?? new Uint8Array()
    using mat = imdecodeSync(blurred)
    const pixels = mat.toPixels()
    // Within a block nothing is left but what JPEG makes of a flat colour.
    const block = Array.from({ length: 12 }, (_, i) => pixels[(4 * WIDTH + 4 + i) * 3] ?? 0)
    expect(Math.max(...block) - Math.min(...block)).toBeLessThanOrEqual(6)
  })

  it('carries no word of the original file', async () => {
    const blurred = (await blurJpeg(told(jpegOf(noise(3))), HEAD_ZONE)) ?? new Uint8Array()
    expect(blurred.length).toBeGreaterThan(0)
    expect(Buffer.from(blurred).includes(SECRET)).toBe(false)
    expect(Buffer.compare(stripJpeg(blurred) ?? JPEG_LOST, blurred)).toBe(0)
  })
})

describe('a picture that is kept', () => {
  it('loses where and by whom it was taken, and nothing else', () => {
    const jpeg = jpegOf(noise(5))
    const kept = stripJpeg(told(jpeg)) ?? new Uint8Array()
    expect(Buffer.from(kept).includes(SECRET)).toBe(false)
    using before = imdecodeSync(jpeg)
    using after = imdecodeSync(kept)
    expect(Buffer.compare(after.toPixels(), before.toPixels())).toBe(0)
  })

  it('is refused when it is no whole JPEG', () => {
    const jpeg = jpegOf(noise(5))
    expect(stripJpeg(jpeg.slice(0, 100))).toBeUndefined()
    expect(stripJpeg(jpeg.slice(0, -2))).toBeUndefined()
    expect(stripJpeg(new TextEncoder().encode('<svg/>'))).toBeUndefined()
  })
})

describe('an export', () => {
  const jpeg = told(jpegOf(noise(9)))
  const at = { drive: 1, tMs: 100, width: 640 }
  const parts = (blur: () => Promise<Uint8Array | undefined>) => {
    const asked: string[] = []
    return {
      asked,
      pictures: {
        picture: () => {
          asked.push('picture')
          return Promise.resolve({ tMs: 100, jpeg })
        },
      },
      blurrer: { call: blur as never },
    }
  }
  const broken = () => Promise.reject(new RoadwardError('blur-died', 'It died.'))

  it('does not even look at pictures that are left out', async () => {
    const given = parts(broken)
    expect(await exportPicture(given, { faces: 'omit' }, at)).toBeUndefined()
    expect(given.asked).toEqual([])
  })

  it('never holds the original when blurring fails', async () => {
    await expect(exportPicture(parts(broken), { faces: 'blur' }, at)).rejects.toThrow('It died.')
    const nothing = parts(() => Promise.resolve(undefined))
    expect(await exportPicture(nothing, { faces: 'blur' }, at)).toBeUndefined()
  })

  it('goes on without a picture that nobody kept', async () => {
    const picture = () => Promise.reject(new RoadwardError('no-picture', 'None.'))
    const given = { pictures: { picture }, blurrer: { call: broken as never } }
    expect(await exportPicture(given, { faces: 'keep' }, at)).toBeUndefined()
  })
})
