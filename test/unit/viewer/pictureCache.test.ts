import { describe, expect, it } from 'vitest'
import { PictureCache } from '../../../electron/viewer/pictureCache.ts'

const picture = (tMs: number, untilMs: number, bytes = 10) => ({
  tMs,
  untilMs,
  jpeg: new Uint8Array(bytes),
})

describe('pictures that were asked for lately', () => {
  it('stand for every moment until the next picture, of their recording only', () => {
    const cache = new PictureCache()
    cache.add('a', picture(0, 40))
    cache.add('a', picture(40, 80))
    expect(cache.find('a', 39)?.tMs).toBe(0)
    expect(cache.find('a', 40)?.tMs).toBe(40)
    expect(cache.find('a', 80)).toBeUndefined()
    expect(cache.find('b', 0)).toBeUndefined()
  })

  it('go when there are too many, those that nobody asked for first', () => {
    const cache = new PictureCache()
    const twentyMegabytes = 20 * 1024 * 1024
    cache.add('a', picture(0, 1, twentyMegabytes))
    cache.add('a', picture(1, 2, twentyMegabytes))
    cache.find('a', 0)
    cache.add('a', picture(2, 3, twentyMegabytes))
    expect([0, 1, 2].map((tMs) => cache.find('a', tMs)?.tMs)).toEqual([0, undefined, 2])
  })
})
