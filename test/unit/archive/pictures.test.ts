import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PictureFile, readEntries, readPicture } from '../../../electron/archive/pictureFile.ts'
import { PictureStore } from '../../../electron/archive/pictures.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'roadward-pictures-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true })
})

const picture = (tMs: number, size = 40) => ({ tMs, jpeg: new Uint8Array(size).fill(tMs % 251) })

describe('a file of pictures', () => {
  it('drops what a power cut left half-written, wherever it cut', () => {
    const whole = join(directory, 'whole.pics')
    const file = new PictureFile(whole)
    const ends: number[] = []
    for (const tMs of [100, 200, 300]) {
      file.append([picture(tMs)])
      ends.push(file.bytes)
    }
    file[Symbol.dispose]()
    const bytes = readFileSync(whole)
    const torn = join(directory, 'torn.pics')
    for (let length = 0; length <= bytes.length; length++) {
      writeFileSync(torn, bytes.subarray(0, length))
      const times = readEntries(torn).map(({ tMs }) => tMs)
      expect(times).toEqual([100, 200, 300].slice(0, ends.filter((end) => end <= length).length))
    }
  })

  it('does not show a picture whose bytes have changed', () => {
    const path = join(directory, 'changed.pics')
    const file = new PictureFile(path)
    file.append([picture(1)])
    file[Symbol.dispose]()
    const bytes = readFileSync(path)
    bytes[bytes.length - 1] = 77
    writeFileSync(path, bytes)
    const [entry] = readEntries(path)
    expect(entry && readPicture(path, entry)).toBeUndefined()
  })
})

describe('the pictures of a drive', () => {
  it('are found by the moment at which they stood', () => {
    using store = new PictureStore(directory)
    store.keep(7, [picture(1000), picture(1100)], true)
    store.keep(7, [picture(9000)], false)
    expect(store.find(7, 999)).toBeUndefined()
    expect(store.find(7, 1099)?.tMs).toBe(1000)
    expect(store.find(7, 2000)?.tMs).toBe(1100)
    expect(store.find(7, 5000)).toBeUndefined()
    expect(store.find(7, 9001)?.jpeg).toEqual(Buffer.from(picture(9000).jpeg))
    expect(store.find(8, 1000)).toBeUndefined()
    expect(store.times(7, 1050, 9000)).toEqual([1100, 9000])
  })

  it('go into another file after a minute', () => {
    using store = new PictureStore(directory)
    const clips = store.keep(1, [picture(0), picture(59_000), picture(61_000)], false)
    expect(clips.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [0, 59_000],
      [61_000, 61_000],
    ])
    expect(store.times(1, 0, 1e6)).toEqual([0, 59_000, 61_000])
  })
})
