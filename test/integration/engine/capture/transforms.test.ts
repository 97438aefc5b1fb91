import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { SourceOptions } from '../../../../electron/engine/capture/openSource.ts'
import { native, openCv } from '../../../../electron/engine/native/binding.ts'
import { matFromPixels } from '../../../../electron/engine/native/opencv.ts'
import { collect, framesOf, scratchFolder } from '../../../support/collect.ts'

/** A 4x2 picture whose blue channel numbers its pixels, as a lossless PNG. */
function numberedPng(): Uint8Array {
  const pixels = new Uint8Array(4 * 2 * 3)
  for (let n = 0; n < 8; n++) pixels[n * 3] = n + 1
  using mat = matFromPixels(pixels, 4, 2)
  return native(() => openCv().imencode('.png', mat.native, []))
}

describe('region, rotation and mirror', () => {
  it.each<[string, SourceOptions, number[][]]>([
    [
      'nothing',
      {},
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
    ],
    ['a region', { region: { x: 1, y: 0, width: 3, height: 1 } }, [[2, 3, 4]]],
    [
      'a quarter turn clockwise',
      { rotate: 90 },
      [
        [5, 1],
        [6, 2],
        [7, 3],
        [8, 4],
      ],
    ],
    [
      'half a turn',
      { rotate: 180 },
      [
        [8, 7, 6, 5],
        [4, 3, 2, 1],
      ],
    ],
    [
      'a quarter turn back',
      { rotate: 270 },
      [
        [4, 8],
        [3, 7],
        [2, 6],
        [1, 5],
      ],
    ],
    [
      'a mirror',
      { mirror: true },
      [
        [4, 3, 2, 1],
        [8, 7, 6, 5],
      ],
    ],
    [
      'all three in that order',
      { region: { x: 0, y: 0, width: 2, height: 2 }, rotate: 90, mirror: true },
      [
        [1, 5],
        [2, 6],
      ],
    ],
  ])('%s', async (_, options, expected) => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('a.png'), numberedPng())
    const [frame] = framesOf(await collect(folder.path('a.png'), options))
    const { width, height, pixels } = frame ?? { width: 0, height: 0, pixels: new Uint8Array() }
    const rows = Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => pixels[(y * width + x) * 3]),
    )
    expect(rows).toEqual(expected)
  })

  it('refuse a region that reaches outside the picture', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('a.png'), numberedPng())
    const region = { x: 2, y: 0, width: 3, height: 2 }
    await expect(collect(folder.path('a.png'), { region })).rejects.toMatchObject({
      code: 'region-outside',
      message: 'The region 2,0,3,2 reaches outside the 4x2 picture.',
    })
  })
})
