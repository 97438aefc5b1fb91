import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MonitorEvent } from '../../../electron/contract/monitorApi.ts'
import type { ClassId } from '../../../electron/core/labels.ts'
import { ensureBuilt } from '../../support/build.ts'
import { EngineStory } from '../../support/engineStory.ts'
import { MjpegServer } from '../../support/mjpegServer.ts'
import { pictureFolder } from '../../support/pictures.ts'

beforeAll(ensureBuilt)

const STUMBLING = fileURLToPath(new URL('../../support/stumblingEngine.mjs', import.meta.url))

const repeat = (id: ClassId, count: number) => Array.from({ length: count }, () => id)

class Story extends EngineStory {
  ended(): Promise<void> {
    return this.until(() => this.events.some((e) => e.type === 'ended' || e.type === 'failed'))
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.supervisor.enginePid ?? Number.NaN, name)
  }
}

let story: Story

beforeEach(() => {
  story = new Story()
})

afterEach(async () => {
  await story[Symbol.asyncDispose]()
})

/** Decisions without what legitimately differs between two runs. */
const decisions = (events: readonly MonitorEvent[]) =>
  events
    .filter((event) => event.type === 'prediction' || event.type === 'alert')
    .map((event) =>
      event.type === 'prediction' ? { ...event, latencyMs: undefined } : { ...event },
    )

describe('a drive through the engine process', () => {
  it('opens, judges every picture, alerts, and ends', async () => {
    story.start(await pictureFolder([...repeat('c0', 10), ...repeat('c1', 40)]), { speed: 'max' })
    await story.ended()
    expect(story.events[0]).toMatchObject({
      type: 'opened',
      source: { kind: 'pictures', live: false },
      ensemble: { id: 'tiny' },
      provider: 'cpu',
    })
    expect(story.of('prediction').map(({ seq }) => seq)).toEqual(Array.from(Array(50).keys()))
    expect(story.of('alert').map(({ tMs, level, class: id }) => [tMs, level, id])).toEqual([
      [2500, 'warning', 'c1'],
      [4000, 'critical', 'c1'],
    ])
    expect(story.events.at(-1)).toMatchObject({ type: 'ended', reason: 'end-of-source' })
  })

  it('tells why it could not start', async () => {
    story.start('/nowhere', { speed: 'max' })
    await story.ended()
    expect(story.of('failed')[0]?.problem).toMatchObject({ code: 'source-not-found' })
  })

  it('stops when asked to', async () => {
    story.start(await pictureFolder(repeat('c0', 100)))
    await story.until(() => story.of('prediction').length >= 2)
    story.supervisor.stop()
    await story.ended()
    expect(story.events.at(-1)).toMatchObject({ type: 'ended', reason: 'stopped' })
  })

  it('refuses a second drive while one runs', async () => {
    const folder = await pictureFolder(repeat('c0', 3))
    story.start(folder, { speed: 'max' })
    expect(() => {
      story.start(folder, { speed: 'max' })
    }).toThrow('already running')
    await story.ended()
  })
})

describe('an engine that dies', () => {
  it.each(['SIGKILL', 'SIGSTOP'] as const)(
    'is replaced after %s, and the drive goes on as if nothing had happened',
    async (signal) => {
      const folder = await pictureFolder([...repeat('c0', 10), ...repeat('c1', 50)])
      story.start(folder, { speed: 'max' })
      await story.ended()
      const undisturbed = decisions(story.events)

      const second = new Story()
      second.start(folder)
      // The warning is up when the engine dies: the next one must know it.
      await second.until(() => second.of('alert').length === 1)
      second.signal(signal)
      await second.until(() => second.of('notice').length > 0)
      expect(second.of('notice')[0]?.problem.code).toBe('engine-restarted')
      expect(second.of('state').at(-1)).toMatchObject({
        state: 'blind',
        reason: 'engine-restarting',
      })
      await second.ended()
      expect(decisions(second.events)).toEqual(undisturbed)
      await second[Symbol.asyncDispose]()
    },
  )

  it('stays dead when the drive was to be stopped anyway', async () => {
    story.start(await pictureFolder(repeat('c0', 100)))
    await story.until(() => story.of('prediction').length >= 2)
    story.signal('SIGSTOP')
    story.supervisor.stop()
    await story.ended()
    expect(story.events.at(-1)).toMatchObject({ type: 'ended', reason: 'stopped' })
    expect(story.of('notice')).toEqual([])
  })

  it('is not believed when it breaks the contract, and the shell survives', async () => {
    const entry = fileURLToPath(new URL('../../support/babblingEngine.mjs', import.meta.url))
    const babbling = new Story(entry)
    babbling.start('any', { speed: 'max' })
    await babbling.ended()
    expect(babbling.of('failed')[0]?.problem).toMatchObject({
      code: 'engine-crash-loop',
      message: expect.stringContaining('against the contract') as unknown,
    })
    await babbling[Symbol.asyncDispose]()
  })

  it('is given up when it never gets as far as a prediction', async () => {
    const entry = fileURLToPath(new URL('../../support/dyingEngine.mjs', import.meta.url))
    const doomed = new Story(entry)
    doomed.start('any', { speed: 'max' })
    await doomed.ended()
    // The same reason is told once.
    expect(doomed.of('notice').map(({ problem }) => problem.code)).toEqual(['engine-restarted'])
    expect(doomed.of('failed')[0]?.problem).toMatchObject({
      code: 'engine-crash-loop',
      message: expect.stringContaining('out of ideas') as unknown,
    })
    await doomed[Symbol.asyncDispose]()
  })
})

describe('a camera or stream', () => {
  it('that comes only after the start is watched when it comes', async () => {
    await using camera = await MjpegServer.start(20)
    await camera.stop()
    story.start(camera.url)
    await story.until(() =>
      story.of('notice').some(({ problem }) => problem.code === 'source-retry'),
    )
    await story.until(() =>
      story.of('notice').some(({ problem }) => problem.code === 'camera-lost'),
    )
    expect(story.of('failed')).toEqual([])
    await camera.restart()
    await story.until(() => story.of('prediction').length >= 3)
    expect(story.of('failed')).toEqual([])
  })

  it('that is away while the engine dies is watched again when it is back', async () => {
    await using camera = await MjpegServer.start(20)
    story.start(camera.url)
    await story.until(() => story.of('prediction').length >= 3)
    await camera.stop()
    story.signal('SIGKILL')
    await story.until(() => story.of('opened').length === 2)
    await story.until(() =>
      story.of('notice').some(({ problem }) => problem.code === 'source-retry'),
    )
    const before = story.of('prediction').length
    await camera.restart()
    await story.until(() => story.of('prediction').length >= before + 3)
    const times = story.of('prediction').map(({ tMs }) => tMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(story.of('failed')).toEqual([])
  })

  it('whose engine cannot go on gets another, and the reason is told once', async () => {
    const stumbling = new Story(STUMBLING)
    stumbling.start('0')
    await stumbling.until(() => stumbling.of('opened').length === 3)
    expect(stumbling.of('failed')).toEqual([])
    expect(stumbling.of('notice').map(({ problem }) => problem.code)).toEqual(['ensemble-all-nan'])
    expect(stumbling.of('state').at(-1)).toMatchObject({ state: 'blind' })
    await stumbling[Symbol.asyncDispose]()
  })

  it('that hears no stop is left all the same', async () => {
    const deaf = new Story(STUMBLING)
    deaf.start('deaf')
    await deaf.until(() => deaf.of('opened').length === 1)
    deaf.supervisor.stop()
    await deaf.ended()
    expect(deaf.events.at(-1)).toMatchObject({ type: 'ended', reason: 'stopped' })
    expect(deaf.supervisor.enginePid).toBeUndefined()
    await deaf[Symbol.asyncDispose]()
  })
})
