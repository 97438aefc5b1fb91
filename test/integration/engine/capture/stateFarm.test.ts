import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import type { SourceItem } from '../../../../electron/core/ports.ts'
import { imencodeJpeg, matFromPixels } from '../../../../electron/engine/native/opencv.ts'
import { collect, framesOf, scratchFolder } from '../../../support/collect.ts'
import { flatPicture } from '../../../support/makeVideo.ts'

const ROWS = ['p9,c2,a.jpg', 'p9,c0,b.jpg', 'p2,c1,c.jpg', 'p9,c0,d.jpg']

async function makeStateFarm(root: (...name: string[]) => string): Promise<void> {
  await mkdir(root(), { recursive: true })
  await writeFile(root('driver_imgs_list.csv'), ['subject,classname,img', ...ROWS, ''].join('\n'))
  using mat = matFromPixels(flatPicture(32, 24, 100), 32, 24)
  for (const row of ROWS) {
    const [, label = '', image = ''] = row.split(',')
    await mkdir(dirname(root('imgs', 'train', label, image)), { recursive: true })
    await writeFile(root('imgs', 'train', label, image), imencodeJpeg(mat, 90))
  }
}

function brief(items: readonly SourceItem[]): string[] {
  return items.map((item) => {
    switch (item.kind) {
      case 'frame':
        return `${item.frame.seq} ${item.frame.tMs} ${item.truth}`
      case 'drive':
        return item.label
      case 'problem':
      case 'gap':
        return item.problem.message
    }
  })
}

describe('a State Farm folder', () => {
  it('is a drive per driver, with the truth, in the order of the list', async () => {
    await using folder = await scratchFolder()
    await makeStateFarm(folder.path)
    const expected = ['p9', '0 0 c2', '1 200 c0', '2 400 c0', 'p2', '0 0 c1']
    expect(brief(await collect(folder.path()))).toEqual(expected)
    expect(brief(await collect(folder.path('driver_imgs_list.csv')))).toEqual(expected)
  })

  it('starts the light statistics afresh with every driver', async () => {
    await using folder = await scratchFolder()
    await makeStateFarm(folder.path)
    const frames = framesOf(await collect(folder.path()))
    expect(frames.map(({ view }) => view.changeFromLast)).toEqual([undefined, 0, 0, undefined])
  })

  it('is found one folder further down, and plays chosen drivers from the middle', async () => {
    await using folder = await scratchFolder()
    await makeStateFarm((...name) => folder.path('unpacked', ...name))
    const options = { driver: ['p9'], startAtMs: 200 }
    expect(brief(await collect(folder.path(), options))).toEqual(['p9', '1 200 c0', '2 400 c0'])
  })

  it('says how many pictures are missing and keeps the time of the others', async () => {
    await using folder = await scratchFolder()
    await makeStateFarm(folder.path)
    await rm(folder.path('imgs', 'train', 'c0', 'b.jpg'))
    expect(brief(await collect(folder.path(), { framesPerSecond: 10 }))).toEqual([
      `1 pictures of the list in ${folder.path()} have no file; their moments are left out.`,
      'p9',
      '0 0 c2',
      '2 200 c0',
      'p2',
      '0 0 c1',
    ])
  })

  it('fails in words without pictures, for unknown drivers, and when two could be meant', async () => {
    await using folder = await scratchFolder()
    await makeStateFarm((...name) => folder.path('one', ...name))
    await makeStateFarm((...name) => folder.path('two', ...name))
    await rm(folder.path('two', 'imgs'), { recursive: true })
    await expect(openSource(folder.path('two'))).rejects.toMatchObject({
      code: 'statefarm-without-pictures',
    })
    await expect(openSource(folder.path('one'), { driver: ['p3'] })).rejects.toMatchObject({
      code: 'statefarm-driver',
      tip: 'Choose from p9, p2.',
    })
    await expect(openSource(folder.path())).rejects.toMatchObject({
      code: 'statefarm-ambiguous',
      message: `The folder ${folder.path()} holds 2 State Farm folders: one, two.`,
    })
  })

  // Competition data: it stays outside the repository, see its README.
  const archive = resolve('../shared/data/statefarm-640x480-p002.tar')
  it('plays the 433 real pictures of driver p002', async (context) => {
    context.skip(!existsSync(archive), `${archive} is not here`)
    await using folder = await scratchFolder()
    execFileSync('tar', ['-xf', archive, '-C', folder.path()])
    const items = await collect(folder.path())
    const frames = framesOf(items)
    expect(items[0]).toEqual({ kind: 'drive', label: 'p002', originMs: 0 })
    expect(frames.length).toBe(433)
    const sizes = new Set(frames.map(({ width, height }) => `${width}x${height}`))
    expect([...sizes]).toEqual(['640x480'])
    const changes = frames.slice(1).map(({ view }) => view.changeFromLast ?? 0)
    expect(Math.min(...changes)).toBeGreaterThan(0.1)
  })
})
