import { afterEach, describe, expect, it } from 'vitest'
import { LiveSource } from '../../../../electron/engine/capture/liveSource.ts'
import type { SourceInfo, SourceItem } from '../../../../electron/core/ports.ts'
import { RoadwardError } from '../../../../electron/core/errors.ts'
import { FakeDevice } from '../../../support/fakeDevice.ts'
import { FakeMat } from '../../../support/fakeMat.ts'
import { FakeTiming, settle } from '../../../support/fakeTiming.ts'

const info: SourceInfo = {
  uri: '0',
  kind: 'camera',
  live: true,
  width: 8,
  height: 6,
  framesPerSecond: 10,
  frames: undefined,
}

/** A camera, its source, and everything the source said, in words short enough to compare. */
function watch(reopen: () => Promise<FakeDevice> = () => Promise.reject(new Error('gone'))) {
  const timing = new FakeTiming()
  const device = new FakeDevice()
  const abort = new AbortController()
  const source = new LiveSource({ info, device, reopen }, { timing, signal: abort.signal })
  const iterator = source[Symbol.asyncIterator]()
  const next = async (): Promise<string | undefined> => {
    const result = iterator.next()
    result.catch(() => undefined)
    // The reader gives the pump 2 ms to bring newer pictures.
    await timing.advance(2)
    const { value, done } = await result
    return done === true ? undefined : brief(value)
  }
  const close = async (): Promise<void> => {
    const closing = source[Symbol.asyncDispose]()
    await timing.advance(500)
    await closing
  }
  return { timing, device, source, next, close, abort }
}

function brief(item: SourceItem): string {
  switch (item.kind) {
    case 'frame':
      return `frame ${item.frame.seq} level ${item.frame.pixels[0]} at ${item.frame.tMs}`
    case 'gap':
      return `gap since ${item.sinceMs}: ${item.problem.code}`
    case 'problem':
      return `${item.problem.code}: ${item.problem.message}`
    case 'drive':
      return `drive ${item.label}`
  }
}

afterEach(() => {
  expect(FakeMat.alive).toBe(0)
})

describe('a live source', () => {
  it('keeps only the latest picture while the reader is busy, and counts the others', async () => {
    const { device, source, next, timing, close } = watch()
    device.show(10)
    expect(await next()).toBe('frame 0 level 10 at 0')
    device.show(20)
    await timing.advance(40)
    device.show(30)
    await timing.advance(40)
    device.show(40)
    await settle()
    expect(await next()).toBe('frame 3 level 40 at 82')
    expect(source.dropped).toBe(2)
    await close()
  })

  it('skips what queued up in the driver while the reader was away', async () => {
    const { device, source, next, timing, close } = watch()
    device.show(10)
    expect(await next()).toBe('frame 0 level 10 at 0')
    await timing.advance(500)
    device.show(20, 30, 40, 50)
    expect(await next()).toBe('frame 4 level 50 at 502')
    expect(source.dropped).toBe(3)
    await close()
  })

  it('looks for newer pictures only for a reader who did not have to wait', async () => {
    const { device, source, timing, close } = watch()
    const iterator = source[Symbol.asyncIterator]()
    const first = iterator.next()
    await timing.advance(100)
    device.show(10)
    await first
    device.show(20)
    // Faster than the camera: nothing can have queued up, and no time passes.
    expect((await iterator.next()).value).toMatchObject({ frame: { seq: 1, tMs: 100 } })
    const shown: unknown[] = []
    void iterator.next().then(({ value }) => shown.push(value))
    device.show(30)
    await settle()
    expect(shown).toEqual([])
    await timing.advance(2)
    expect(shown).toMatchObject([{ frame: { seq: 2, tMs: 100 } }])
    await close()
  })

  it('announces a gap while the read still hangs, and goes on when it returns', async () => {
    const { device, next, timing, close } = watch()
    await timing.advance(300)
    device.show(10)
    expect(await next()).toBe('frame 0 level 10 at 300')
    await timing.advance(2100)
    expect(await next()).toBe('gap since 300: source-lost')
    expect(device.reads).toBe(2)
    device.show(20)
    expect(await next()).toBe('source-restored: The picture of camera 0 is back after 2.1 s.')
    expect(await next()).toBe('frame 1 level 20 at 2404')
    await close()
  })

  it('takes a picture that comes with the time limit of the device for an old one', async () => {
    const second = new FakeDevice()
    const { device, next, timing, close } = watch(() => Promise.resolve(second))
    device.show(10)
    expect(await next()).toBe('frame 0 level 10 at 0')
    await timing.advance(2998)
    expect(await next()).toBe('gap since 0: source-lost')
    device.show(20)
    await timing.advance(250)
    expect(device.released).toBe(true)
    second.show(30)
    expect(await next()).toBe('source-restored: The picture of camera 0 is back after 3.3 s.')
    expect(await next()).toBe('frame 1 level 30 at 3252')
    await close()
  })

  it('opens a lost camera again with growing pauses and says once why it cannot', async () => {
    const second = new FakeDevice()
    const attempts: number[] = []
    const { device, next, timing, close } = watch(() => {
      attempts.push(timing.now() - startMs)
      if (attempts.length < 8) {
        return Promise.reject(new RoadwardError('camera-missing', 'There is no camera 0.'))
      }
      return Promise.resolve(second)
    })
    device.show(10)
    expect(await next()).toBe('frame 0 level 10 at 0')
    const startMs = timing.now()
    device.end()
    await timing.advance(7000)
    expect(attempts).toEqual([250, 750, 1750, 2750, 3750, 4750, 5750, 6750])
    second.show(20)
    await settle()
    expect(await next()).toBe('gap since 0: source-lost')
    expect(await next()).toBe('source-retry: Still no picture. There is no camera 0.')
    expect(await next()).toBe('source-restored: The picture of camera 0 is back after 7.0 s.')
    expect(await next()).toBe('frame 1 level 20 at 7002')
    await close()
  })

  it('starts with the shortest pause again after the camera ran for a while', async () => {
    const devices = [new FakeDevice(), new FakeDevice()]
    const attempts: number[] = []
    const { device, timing, close } = watch(() => {
      attempts.push(timing.now() - startMs)
      return Promise.resolve(devices[attempts.length - 1] ?? new FakeDevice())
    })
    const startMs = timing.now()
    device.end()
    await timing.advance(250)
    // Lost at once: the pause doubles.
    devices[0]?.end()
    await timing.advance(500)
    // Shows pictures for eleven seconds.
    for (let second = 0; second < 11; second++) {
      devices[1]?.show(50)
      await timing.advance(1000)
    }
    devices[1]?.end()
    await timing.advance(250)
    expect(attempts).toEqual([250, 750, 12_000])
    await close()
  })

  it('asks for a new process when a read never returns, and reads no second time', async () => {
    const { device, next, timing, close } = watch()
    device.show(10)
    expect(await next()).toBe('frame 0 level 10 at 0')
    await timing.advance(20_000)
    expect(await next()).toBe('gap since 0: source-lost')
    await expect(next()).rejects.toMatchObject({ code: 'source-hung' })
    expect(device.reads).toBe(2)
    expect(device.released).toBe(false)
    await close()
    expect(device.released).toBe(true)
  })

  it('closes while a read hangs and frees the picture that comes too late', async () => {
    const { device, next, close } = watch()
    const waiting = next()
    await close()
    expect(await waiting).toBeUndefined()
    device.show(10)
    await settle()
    expect(FakeMat.alive).toBe(0)
  })

  it('ends when the signal aborts', async () => {
    const { device, next, abort } = watch()
    device.show(10)
    expect(await next()).toBe('frame 0 level 10 at 0')
    abort.abort()
    expect(await next()).toBeUndefined()
    device.end()
    await settle()
    expect(device.released).toBe(true)
  })
})
