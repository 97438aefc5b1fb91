import { describe, expect, it } from 'vitest'
import { isCutJpeg, jpegSize } from '../../electron/contract/jpeg.ts'

const HEAD = [0xff, 0xd8, 0xff, 0xe0, 0, 2]
const SCAN = [0xff, 0xda, 0, 2, 17, 0xff, 0, 42]
const END = [0xff, 0xd9]

describe('a JPEG', () => {
  it.each([
    ['is whole when its last scan has an end', [...HEAD, ...SCAN, ...END], false],
    ['is whole with bytes after its end', [...HEAD, ...SCAN, ...END, 1, 2, 3], false],
    ['is cut when its scan has no end', [...HEAD, ...SCAN], true],
    ['is cut before its first scan', HEAD, true],
    ['is cut although its thumbnail is whole', [...HEAD, ...SCAN, ...END, ...SCAN], true],
  ])('%s', (_, bytes, cut) => {
    expect(isCutJpeg(Uint8Array.from(bytes))).toBe(cut)
  })

  it('is not what a PNG is judged as', () => {
    expect(isCutJpeg(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe(false)
  })

  it('has the size of its frame, not of the thumbnail in front of it', () => {
    const frame = (width: number, height: number) => [
      ...[0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 17, 0],
    ]
    const thumbnail = [0xff, 0xd8, ...frame(160, 120), ...END]
    const exif = [0xff, 0xe1, 0, thumbnail.length + 2, ...thumbnail]
    const bytes = [0xff, 0xd8, ...exif, 0xff, ...frame(4000, 3000), ...SCAN, ...END]
    expect(jpegSize(Uint8Array.from(bytes))).toEqual({ width: 4000, height: 3000 })
    expect(jpegSize(Uint8Array.from(bytes.slice(0, -20)))).toBeUndefined()
  })
})
