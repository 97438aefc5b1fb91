import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import { RecordingCursor } from '../../../../electron/viewer/recordingCursor.ts'
import { codesOf, collect, framesOf, scratchFolder } from '../../../support/collect.ts'
import { levelOf, makeVideo } from '../../../support/makeVideo.ts'
import { Mp4Surgery } from '../../../support/mp4Surgery.ts'

/** 200 frames: so many ms each at first, then so many. */
const rates = (firstMs: number, thenMs: number): number[] =>
  Array.from({ length: 200 }, (_, n) => (n < 100 ? firstMs : thenMs))

/** When each frame begins. */
const begins = (durations: readonly number[]): number[] => {
  let tMs = 0
  return durations.map((ms) => {
    const beganMs = tMs
    tMs += ms
    return beganMs
  })
}

const levelError = (seq: number, pixels: Uint8Array): number =>
  Math.abs((pixels[0] ?? 0) - levelOf(seq))

async function makeMp4(path: string, operate: (mp4: Mp4Surgery) => Mp4Surgery): Promise<void> {
  makeVideo({ path, frames: 200, framesPerSecond: 10, fourcc: 'mp4v' })
  await writeFile(path, operate(new Mp4Surgery(await readFile(path))).bytes)
}

describe.each([
  ['slower after a while', rates(40, 200)],
  ['faster after a while', rates(200, 40)],
  ['with a hole of ten minutes', rates(50, 50).map((ms, n) => (n === 120 ? 600_000 : ms))],
])('a recording %s', (_, durations) => {
  const timesMs = begins(durations)

  it('gives every frame at its own time', async () => {
    await using folder = await scratchFolder()
    await makeMp4(folder.path('a.mp4'), (mp4) => mp4.retime(durations))
    const items = await collect(folder.path('a.mp4'))
    expect(framesOf(items).map(({ tMs }) => Math.round(tMs))).toEqual(timesMs)
    expect(codesOf(items)).toEqual([])
  })

  it('goes on anywhere with the frames that are due, to its end', async () => {
    await using folder = await scratchFolder()
    await makeMp4(folder.path('a.mp4'), (mp4) => mp4.retime(durations))
    for (const from of [33, 90, 101, 119, 121, 150, 199]) {
      const items = await collect(folder.path('a.mp4'), { startAtMs: timesMs[from] ?? 0 })
      const frames = framesOf(items)
      expect(frames.map(({ seq, tMs }) => [seq, Math.round(tMs)])).toEqual(
        timesMs.map((tMs, seq) => [seq, tMs]).slice(from),
      )
      expect(Math.max(...frames.map(({ seq, pixels }) => levelError(seq, pixels)))).toBeLessThan(8)
      expect(codesOf(items)).toEqual([])
    }
  })

  it('shows in review the frame that stands at a moment', async () => {
    await using folder = await scratchFolder()
    await makeMp4(folder.path('a.mp4'), (mp4) => mp4.retime(durations))
    await using cursor = new RecordingCursor({ uri: folder.path('a.mp4'), options: {} })
    for (const seq of [150, 3, 99, 101, 119, 121, 60, 199, 45]) {
      const shown = await cursor.at((timesMs[seq] ?? 0) + 20, () => undefined)
      expect(shown?.frame.seq).toBe(seq)
    }
  })
})

describe('a recording with a hole', () => {
  it('has no picture of a moment inside of it', async () => {
    await using folder = await scratchFolder()
    const durations = rates(50, 50).map((ms, n) => (n === 120 ? 600_000 : ms))
    await makeMp4(folder.path('a.mp4'), (mp4) => mp4.retime(durations))
    await using cursor = new RecordingCursor({ uri: folder.path('a.mp4'), options: {} })
    expect(await cursor.at(300_000, () => undefined)).toBeUndefined()
  })

  it('lasts as long as its times say, at the rate of most of its frames', async () => {
    await using folder = await scratchFolder()
    const durations = rates(50, 50).map((ms, n) => (n === 120 ? 600_000 : ms))
    await makeMp4(folder.path('a.mp4'), (mp4) => mp4.retime(durations))
    await using source = await openSource(folder.path('a.mp4'))
    expect(source.info).toMatchObject({ frames: 200, framesPerSecond: 20 })
    expect(source.durationMs).toBeCloseTo(199 * 50 + 600_000, 3)
  })
})

it('a recording that was cut without encoding shows what is left of it, and is whole', async () => {
  await using folder = await scratchFolder()
  await makeMp4(folder.path('a.mp4'), (mp4) => mp4.cut(5000, 10_000))
  const items = await collect(folder.path('a.mp4'))
  const frames = framesOf(items)
  expect(codesOf(items)).toEqual([])
  expect(frames.map(({ tMs }) => Math.round(tMs))).toEqual(
    Array.from({ length: 100 }, (_, n) => n * 100),
  )
  expect(levelError(50, frames[0]?.pixels ?? new Uint8Array())).toBeLessThan(8)
})

it('a recording in which some frames are damaged goes on behind them, at the right times', async () => {
  await using folder = await scratchFolder()
  makeVideo({ path: folder.path('a.mp4'), frames: 200, framesPerSecond: 10, fourcc: 'avc1' })
  const bytes = await readFile(folder.path('a.mp4'))
  const data = bytes.indexOf('mdat')
  const middle = Math.floor((data + bytes.indexOf('moov')) / 2)
  bytes.fill(0xa5, middle, middle + 400)
  await writeFile(folder.path('a.mp4'), bytes)
  const items = await collect(folder.path('a.mp4'))
  const last = framesOf(items).at(-1)
  expect([last?.seq, last?.tMs]).toEqual([199, 19_900])
  expect(levelError(199, last?.pixels ?? new Uint8Array())).toBeLessThan(8)
})
