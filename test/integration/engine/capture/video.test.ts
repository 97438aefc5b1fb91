import { readFile, writeFile } from 'node:fs/promises'
import { expect, it, describe } from 'vitest'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import { codesOf, collect, framesOf, scratchFolder } from '../../../support/collect.ts'
import { indexFirst } from '../../../support/cutVideo.ts'
import { levelOf, makeVideo } from '../../../support/makeVideo.ts'
import { Mp4Surgery } from '../../../support/mp4Surgery.ts'
import { imencodeJpeg, matFromPixels } from '../../../../electron/engine/native/opencv.ts'
import type { Frame } from '../../../../electron/core/frame.ts'

function brightTopLeft(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, n) => {
    const [x, y] = [Math.floor(n / 3) % width, Math.floor(n / 3 / width)]
    return x < width / 2 && y < height / 2 ? 230 : 20
  })
}

function brightestCorner({ width, height, pixels }: Frame): string | undefined {
  const at = (x: number, y: number): number =>
    pixels[(Math.floor(y * height) * width + Math.floor(x * width)) * 3] ?? 0
  const corners = {
    'top left': at(0.25, 0.25),
    'top right': at(0.75, 0.25),
    'bottom left': at(0.25, 0.75),
    'bottom right': at(0.75, 0.75),
  }
  return Object.entries(corners).find(([, level]) => level > 150)?.[0]
}

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

  it.each([
    [0, [160, 120], 'top left'],
    [90, [120, 160], 'top right'],
    [180, [160, 120], 'bottom right'],
    [270, [120, 160], 'bottom left'],
  ] as const)('is turned upright by %s degrees when it says so', async (degrees, size, bright) => {
    await using folder = await scratchFolder()
    const path = folder.path('a.mp4')
    makeVideo({ path, ...RECORDING, pictureOf: () => brightTopLeft(160, 120) })
    await writeFile(path, new Mp4Surgery(await readFile(path)).turn(degrees).bytes)
    await using source = await openSource(path)
    const [frame] = framesOf(await collect(path))
    expect([source.info.width, source.info.height]).toEqual(size)
    expect([frame?.width, frame?.height]).toEqual(size)
    expect(frame && brightestCorner(frame)).toBe(bright)
  })

  it('has times of its own and is not read at another rate', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('a.mp4') })
    await expect(openSource(folder.path('a.mp4'), { framesPerSecond: 5 })).rejects.toMatchObject({
      code: 'option-invalid',
    })
  })

  it('is a GIF, or pictures without a clock, and is told so', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('a.gif'), Buffer.from('GIF89a'))
    await expect(openSource(folder.path('a.gif'))).rejects.toThrow(/GIF/)
    const jpeg = imencodeJpeg(matFromPixels(brightTopLeft(160, 120), 160, 120), 90)
    await writeFile(folder.path('a.mjpeg'), Buffer.concat(Array<Uint8Array>(30).fill(jpeg)))
    await expect(openSource(folder.path('a.mjpeg'))).rejects.toMatchObject({
      code: 'video-without-clock',
    })
    const frames = framesOf(await collect(folder.path('a.mjpeg'), { framesPerSecond: 4 }))
    expect(frames.map(({ tMs }) => tMs)).toEqual(frames.map((_, n) => n * 250))
    expect(frames.length).toBeGreaterThan(25)
  })

  it('may be read beside another one', async () => {
    await using folder = await scratchFolder()
    makeVideo({ ...RECORDING, path: folder.path('a.mp4') })
    makeVideo({ ...RECORDING, path: folder.path('b.avi'), fourcc: 'MJPG' })
    const both = await Promise.all(['a.mp4', 'b.avi'].map((name) => collect(folder.path(name))))
    expect(both.map((items) => framesOf(items).length)).toEqual([40, 40])
  })
})
