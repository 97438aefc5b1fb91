import { describe, expect, it } from 'vitest'
import { RoadwardError } from '../../../../electron/core/errors.ts'
import type { FrameSource, SourceItem } from '../../../../electron/core/ports.ts'
import { openPatiently } from '../../../../electron/engine/capture/patientSource.ts'
import { FakeTiming } from '../../../support/fakeTiming.ts'
import { frameItem, ScriptedSource } from '../drive/fakes.ts'

const missing = () => new RoadwardError('camera-missing', 'There is no camera 0.', 'Plug one in.')
const busy = () => new RoadwardError('camera-unusable', 'The camera 0 does not start.', 'Wait.')

/** A camera that is refused with these errors, and then is there. */
function camera(...errors: readonly RoadwardError[]) {
  const timing = new FakeTiming()
  const startMs = timing.now()
  const attemptsMs: number[] = []
  const source = new ScriptedSource('camera', [frameItem(0, 0), frameItem(1, 100)])
  const open = (): Promise<FrameSource> => {
    const error = errors[attemptsMs.length]
    attemptsMs.push(timing.now() - startMs)
    return error === undefined ? Promise.resolve(source) : Promise.reject(error)
  }
  return { timing, attemptsMs, source, opening: openPatiently('0', { timing }, open) }
}

const brief = (item: SourceItem): string =>
  item.kind === 'frame'
    ? `frame at ${item.frame.tMs}`
    : 'problem' in item
      ? item.problem.message
      : ''

async function collect(source: FrameSource, timing: FakeTiming, ms: number): Promise<string[]> {
  const said: string[] = []
  const reading = (async () => {
    for await (const item of source) said.push(brief(item))
  })()
  await timing.advance(ms)
  await reading
  return said
}

describe('a camera that is not there yet', () => {
  it('is tried with growing pauses until it comes, and its clock goes on from the start', async () => {
    const { timing, attemptsMs, opening } = camera(missing(), missing(), busy(), busy())
    const said = await collect(await opening, timing, 20_000)
    expect(attemptsMs).toEqual([0, 250, 750, 1750, 2750])
    expect(said).toEqual([
      'Still no picture. There is no camera 0.',
      'Still no picture. The camera 0 does not start.',
      'The picture of camera script is back after 2.8 s.',
      'frame at 2750',
      'frame at 2850',
    ])
  })

  it('is there at once where nothing is in the way', async () => {
    const { opening, source } = camera()
    expect(await opening).toBe(source)
  })

  it('is not waited for when the words were wrong', async () => {
    const wrong = new RoadwardError('region-outside', 'The region reaches outside.', 'Shrink it.')
    await expect(camera(wrong).opening).rejects.toBe(wrong)
  })

  it('is given up as soon as the drive is stopped, and what opens then is closed', async () => {
    const { timing, attemptsMs, opening } = camera(missing(), missing(), missing())
    const waiting = await opening
    const iterator = waiting[Symbol.asyncIterator]()
    await iterator.next()
    const next = iterator.next()
    await timing.advance(250)
    await waiting[Symbol.asyncDispose]()
    expect((await next).done).toBe(true)
    await timing.advance(60_000)
    expect(attemptsMs).toHaveLength(2)
  })
})
