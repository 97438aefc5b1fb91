import { describe, expect, it } from 'vitest'
import { isCutJpeg } from '../../../../electron/engine/capture/readPicture.ts'

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
})
