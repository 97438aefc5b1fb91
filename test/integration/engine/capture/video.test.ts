import { readFile, writeFile } from 'node:fs/promises'
import { expect, it, describe } from 'vitest'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import { codesOf, collect, framesOf, scratchFolder } from '../../../support/collect.ts'
import { indexFirst } from '../../../support/cutVideo.ts'
import { levelOf, makeVideo } from '../../../support/makeVideo.ts'

const RECORDING = { frames: 40, framesPerSecond: 10 }

describe('a recorded video', () => {
  it.each([
    ['a.mp4', 'mp4v'],
    ['a.mp4', 'avc1'],
    ['a.mkv', 'avc1'],
    ['a.avi', 'MJPG'],
  ])('gives every frame of %s (%s) at its time', async (name, fourcc) => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path(name), fourcc })
    const frames = framesOf(await collect(folder.path(name)))
    expect(frames.map(({ seq, tMs }) => [seq, Math.round(tMs)])).toEqual(
      Array.from({ length: RECORDING.frames }, (_, n) => [n, n * 100]),
    )
    const errors = frames.map(({ seq, pixels }) => Math.abs((pixels[0] ?? 0) - levelOf(seq)))
    expect(Math.max(...errors)).toBeLessThan(8)
  })

  it('says what it is', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('a.mp4') })
    await using source = await openSource(folder.path('a.mp4'), { rotate: 90 })
    expect(source.info).toEqual({
      uri: folder.path('a.mp4'),
      kind: 'video',
      live: false,
      width: 120,
      height: 160,
      framesPerSecond: 10,
      frames: 40,
    })
  })

  it('resumes in the middle with the same numbers, times and pixels as in one go', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('a.mp4'), fourcc: 'avc1' })
    const all = framesOf(await collect(folder.path('a.mp4')))
    const rest = framesOf(await collect(folder.path('a.mp4'), { startAtMs: 2300 }))
    const numbered = ({ seq, tMs, pixels }: (typeof all)[number]) => [seq, tMs, pixels[0]]
    expect(rest.map(numbered)).toEqual(all.slice(23).map(numbered))
  })

  it('ends at once when resumed beyond its end', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('a.avi'), fourcc: 'MJPG' })
    expect(framesOf(await collect(folder.path('a.avi'), { startAtMs: 60_000 })).length).toBe(0)
  })

  it('tells how much is missing of a file that was cut, and ends as usual', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('whole.mp4') })
    const whole = indexFirst(await readFile(folder.path('whole.mp4')))
    await writeFile(folder.path('cut.mp4'), whole.subarray(0, whole.length * 0.6))
    const items = await collect(folder.path('cut.mp4'))
    const seen = framesOf(items).length
    expect(seen).toBeGreaterThan(10)
    expect(items.at(-1)).toMatchObject({
      kind: 'problem',
      problem: {
        severity: 'warning',
        code: 'video-cut-short',
        message: `The video ${folder.path('cut.mp4')} announces 40 frames but ends after ${seen}: it was cut short.`,
      },
    })
    await writeFile(folder.path('moved.mp4'), whole)
    expect(codesOf(await collect(folder.path('moved.mp4')))).toEqual([])
  })

  it('can be left in the middle and closed, or closed unread', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('a.mp4') })
    const seen: number[] = []
    {
      await using source = await openSource(folder.path('a.mp4'))
      for await (const item of source) {
        if (item.kind === 'frame') seen.push(item.frame.seq)
        if (seen.length === 3) break
      }
    }
    await (await openSource(folder.path('a.mp4')))[Symbol.asyncDispose]()
    expect(seen).toEqual([0, 1, 2])
  })

  it('ends when the signal aborts', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('a.mp4') })
    const abort = new AbortController()
    await using source = await openSource(folder.path('a.mp4'), { signal: abort.signal })
    const seen: number[] = []
    for await (const item of source) {
      if (item.kind === 'frame') seen.push(item.frame.seq)
      if (seen.length === 5) abort.abort()
    }
    expect(seen).toEqual([0, 1, 2, 3, 4])
    await expect(openSource(folder.path('a.mp4'), { signal: abort.signal })).rejects.toThrow()
  })

  it('may be read beside another one', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('a.mp4') })
    makeVideo({ ...RECORDING, path: folder.path('b.avi'), fourcc: 'MJPG' })
    const both = await Promise.all(['a.mp4', 'b.avi'].map((name) => collect(folder.path(name))))
    expect(both.map((items) => framesOf(items).length)).toEqual([40, 40])
  })
})
