import { mkdir, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import { imencodeJpeg, matFromPixels } from '../../../../electron/engine/native/opencv.ts'
import { codesOf, collect, framesOf, scratchFolder } from '../../../support/collect.ts'
import { flatPicture } from '../../../support/makeVideo.ts'

function flatJpeg(level: number): Uint8Array {
  using mat = matFromPixels(flatPicture(32, 24, level), 32, 24)
  return imencodeJpeg(mat, 95)
}

describe('a folder of pictures', () => {
  it('is played in the order people count in, five a second', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('img_10.jpg'), flatJpeg(90))
    await writeFile(folder.path('img_2.JPG'), flatJpeg(60))
    await writeFile(folder.path('img_1.jpg'), flatJpeg(30))
    await writeFile(folder.path('notes.txt'), 'not a picture')
    const frames = framesOf(await collect(folder.path()))
    expect(frames.map(({ seq, tMs, pixels, view }) => [seq, tMs, pixels[0], view])).toEqual([
      [0, 0, 30, { meanLuma: 30, stdLuma: 0, saturated: 0, changeFromLast: undefined }],
      [1, 200, 60, { meanLuma: 60, stdLuma: 0, saturated: 0, changeFromLast: 30 }],
      [2, 400, 90, { meanLuma: 90, stdLuma: 0, saturated: 0, changeFromLast: 30 }],
    ])
  })

  it('resumes at another pace with the same numbers', async () => {
    await using folder = await scratchFolder()
    for (let n = 0; n < 6; n++) await writeFile(folder.path(`${n}.jpg`), flatJpeg(n * 10))
    const options = { framesPerSecond: 30, startAtMs: (4 * 1000) / 30 }
    const frames = framesOf(await collect(folder.path(), options))
    expect(frames.map(({ seq, tMs }) => [seq, Math.round(tMs)])).toEqual([
      [4, 133],
      [5, 167],
    ])
  })

  it('skips each picture that cannot be read, says which, and keeps the time of the others', async () => {
    await using folder = await scratchFolder()
    const whole = flatJpeg(50)
    await writeFile(folder.path('1.jpg'), whole)
    await writeFile(folder.path('2.jpg'), whole.subarray(0, whole.length - 20))
    await writeFile(folder.path('3.jpg'), '')
    await writeFile(folder.path('4.png'), 'this is no picture')
    await mkdir(folder.path('sub.jpg'))
    await writeFile(folder.path('5.jpg'), whole)
    const items = await collect(folder.path())
    expect(framesOf(items).map(({ tMs }) => tMs)).toEqual([0, 800])
    const messages = items.flatMap((item) =>
      item.kind === 'problem' ? [item.problem.message] : [],
    )
    expect(messages).toEqual([
      `The picture ${folder.path('2.jpg')} ends too early; it is skipped.`,
      `The picture ${folder.path('3.jpg')} is an empty file; it is skipped.`,
      `The picture ${folder.path('4.png')} cannot be decoded; it is skipped.`,
      `3 of 5 pictures of ${folder.path()} could not be read; their moments are left out.`,
    ])
  })

  it('fails when not one picture can be read', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('1.png'), 'broken')
    await writeFile(folder.path('2.png'), 'broken too')
    await expect(collect(folder.path())).rejects.toMatchObject({
      code: 'pictures-unreadable',
      message: `None of the 2 pictures of ${folder.path()} could be read.`,
    })
  })

  it('reports a picture that vanishes while the drive is played', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('1.jpg'), flatJpeg(50))
    await using source = await openSource(folder.path('*.jpg'))
    await using rest = await scratchFolder()
    await writeFile(rest.path('1.jpg'), flatJpeg(50))
    await using gone = await openSource(rest.path('1.jpg'))
    await rest[Symbol.asyncDispose]()
    const codes: string[] = []
    await expect(
      (async () => {
        for await (const item of gone) codes.push(...codesOf([item]))
      })(),
    ).rejects.toMatchObject({ code: 'pictures-unreadable' })
    expect([codes, source.info.frames]).toEqual([['picture-missing'], 1])
  })

  it('ends when the signal aborts, in the middle of it', async () => {
    await using folder = await scratchFolder()
    for (let n = 0; n < 6; n++) await writeFile(folder.path(`${n}.jpg`), flatJpeg(n * 10))
    const abort = new AbortController()
    await using source = await openSource(folder.path(), { signal: abort.signal })
    const seen: number[] = []
    for await (const item of source) {
      if (item.kind === 'frame') seen.push(item.frame.seq)
      if (seen.length === 2) abort.abort()
    }
    expect(seen).toEqual([0, 1])
  })

  it('may be named by a file URL, also one picture alone', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('a b.jpg'), flatJpeg(40))
    const frames = framesOf(await collect(pathToFileURL(folder.path('a b.jpg')).href))
    expect(frames.map(({ pixels }) => pixels[0])).toEqual([40])
  })

  it('may be named by a glob', async () => {
    await using folder = await scratchFolder()
    await mkdir(folder.path('c0', 'deep'), { recursive: true })
    await writeFile(folder.path('c0', 'b.png'), flatJpeg(20))
    await writeFile(folder.path('c0', 'deep', 'a.jpg'), flatJpeg(10))
    await writeFile(folder.path('c0', 'list.csv'), '')
    const here = framesOf(await collect(folder.path('c?', '*')))
    const below = framesOf(await collect(folder.path('**', '*.{jpg,png}')))
    expect([here.length, below.map(({ pixels }) => pixels[0])]).toEqual([1, [20, 10]])
  })
})
