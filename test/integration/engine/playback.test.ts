import process from 'node:process'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DriveRequest, MonitorEvent } from '../../../electron/contract/monitorApi.ts'
import { ensureBuilt } from '../../support/build.ts'
import { scratchFolder, type ScratchFolder } from '../../support/collect.ts'
import { EngineStory } from '../../support/engineStory.ts'
import { makeVideo } from '../../support/makeVideo.ts'
import { pictureFolder, stateFarmFolder } from '../../support/pictures.ts'

beforeAll(ensureBuilt, 120_000)

/** A recording played by the real engine process. */
class Playing extends EngineStory {
  constructor(uri: string, how: Partial<DriveRequest>) {
    super()
    this.start(uri, how)
  }

  get seqs(): number[] {
    return this.of('prediction').map(({ seq }) => seq)
  }

  get playback() {
    return this.of('playback').at(-1)
  }

  async opened(): Promise<void> {
    await this.until(() => this.of('opened').length > 0)
  }

  /** Everything that was decided, without what differs between two runs. */
  get decisions() {
    return this.events
      .filter(({ type }) => ['drive', 'prediction', 'alert', 'cleared', 'state'].includes(type))
      .map((event) => (event.type === 'prediction' ? { ...event, latencyMs: undefined } : event))
  }
}

let folder: ScratchFolder
let playing: Playing | undefined

/** The one before ends with it. */
function play(uri: string, how: Partial<DriveRequest> = { hold: true }): Playing {
  void playing?.supervisor[Symbol.asyncDispose]()
  playing = new Playing(uri, how)
  return playing
}

beforeEach(async () => {
  folder = await scratchFolder()
})

afterEach(async () => {
  await playing?.supervisor[Symbol.asyncDispose]()
  playing = undefined
  await folder[Symbol.asyncDispose]()
})

async function video(frames = 60): Promise<string> {
  const path = folder.path('drive.mp4')
  makeVideo({ path, frames, framesPerSecond: 10, fourcc: 'avc1' })
  return Promise.resolve(path)
}

const pictures = () =>
  pictureFolder([
    ...Array.from({ length: 10 }, () => 'c0' as const),
    ...Array.from({ length: 50 }, () => 'c1' as const),
  ])

/** Ten pictures of each. */
const twoDrivers = () =>
  stateFarmFolder(
    ['p1', 'p2'].flatMap((driver) =>
      Array.from({ length: 10 }, (_, n) => ({ driver, class: n < 5 ? 'c0' : 'c6' }) as const),
    ),
  )

/** Everything as `watch --speed max` decides it. */
async function analysed(uri: string) {
  const analysis = play(uri, { speed: 'max' })
  await analysis.until(() => analysis.of('ended').length > 0)
  expect(analysis.of('playback')).toEqual([])
  return analysis.decisions
}

describe('a played recording', () => {
  it.each([
    ['a video', video],
    ['pictures', pictures],
    ['a State Farm folder', twoDrivers],
  ])('decides at any speed what the analysis of %s decides', async (_, make) => {
    const uri = await make()
    const expected = await analysed(uri)
    expect(expected.length).toBeGreaterThan(10)
    const player = play(uri)
    await player.opened()
    player.supervisor.setRate(8)
    await player.until(() => player.playback?.atEnd === true)
    expect(player.decisions).toEqual(expected)
  })

  it('shows after a seek the frame that lies there, as the analysis judged it', async () => {
    const uri = await video()
    const predictions = (await analysed(uri)).filter(({ type }) => type === 'prediction')
    const player = play(uri)
    await player.opened()
    player.supervisor.pause()
    player.supervisor.seek(4200)
    await player.until(() => player.seqs.at(-1) === 42)
    player.supervisor.step(-1)
    await player.until(() => player.seqs.at(-1) === 41)
    player.supervisor.step(1)
    await player.until(() => player.seqs.at(-1) === 42)
    const shown = player.of('prediction').slice(-3)
    const probabilities = [42, 41, 42].map((seq) => predictions[seq]).map(judgementOf)
    expect(shown.map(judgementOf)).toEqual(probabilities)
    expect(player.playback).toMatchObject({ playing: false, tMs: 4200, durationMs: 6000 })
  })

  it('is found over all drivers of a State Farm folder, one after another', async () => {
    const player = play(await twoDrivers())
    await player.opened()
    player.supervisor.pause()
    player.supervisor.seek(1600)
    await player.until(() => player.seqs.at(-1) === 6)
    expect(player.playback).toMatchObject({ tMs: 1600, originMs: 1000, durationMs: 2000 })
    expect(player.of('drive').at(-1)?.label).toBe('p2')
    player.supervisor.seek(1000)
    await player.until(() => player.seqs.at(-1) === 0)
    player.supervisor.step(-1)
    await player.until(() => player.seqs.at(-1) === 9)
    expect(player.playback).toMatchObject({ tMs: 900, originMs: 0 })
    expect(player.of('drive').at(-1)?.label).toBe('p1')
  })

  it('does not take a pause for a hang, nor forget its place and speed when the engine dies', async () => {
    const player = play(await video())
    await player.until(() => player.seqs.length >= 5)
    player.supervisor.setRate(2)
    player.supervisor.pause()
    await player.until(() => player.playback?.playing === false)
    const last = player.seqs.at(-1) ?? 0
    // Longer than the watchdog waits: the next is the death that we cause.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(player.of('notice')).toEqual([])
    process.kill(player.supervisor.enginePid ?? Number.NaN, 'SIGKILL')
    await player.until(() => player.of('opened').length === 2)
    await player.until(() => player.events.at(-1)?.type === 'playback')
    expect(player.playback).toMatchObject({ playing: false, rate: 2, tMs: last * 100 })
    player.supervisor.play()
    await player.until(() => player.seqs.length >= last + 4)
    expect(player.seqs).toEqual(Array.from({ length: player.seqs.length }, (_, n) => n))
  })

  it('keeps up with a slider, and ends where it was let go', async () => {
    const player = play(await video())
    await player.opened()
    player.supervisor.pause()
    for (let tMs = 0; tMs <= 5000; tMs += 20) player.supervisor.seek(tMs)
    await player.until(() => player.seqs.at(-1) === 50)
    expect(player.of('jump').length).toBeLessThan(250)
    expect(player.of('notice')).toEqual([])
  })
})

function judgementOf(event: MonitorEvent | { readonly type: string } | undefined) {
  if (event?.type !== 'prediction' || !('probabilities' in event)) return undefined
  return [event.seq, event.tMs, event.probabilities]
}
