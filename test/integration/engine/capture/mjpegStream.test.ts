import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import type { Frame } from '../../../../electron/core/frame.ts'
import { LiveReader } from '../../../support/liveReader.ts'
import { MjpegServer, pictureOf, PICTURES } from '../../../support/mjpegServer.ts'

/** Which of its pictures the camera sent, read off the grey level. */
function numberOf({ pixels }: Frame): number {
  return Math.round((pixels[0] ?? 0) / 16) - 1
}

/** Constant while every picture that the source received was counted, shown or not. */
function offsetOf(frame: Frame): number {
  return (numberOf(frame) - frame.seq + PICTURES * frame.seq) % PICTURES
}

describe('an MJPEG stream', () => {
  it('gives its pictures in order, with times that move on', async () => {
    await using camera = await MjpegServer.start(20)
    await using source = await openSource(camera.url)
    expect(source.info).toMatchObject({ kind: 'stream', live: true, width: 160, height: 120 })
    const frames = await new LiveReader(source).frames(20)
    expect(new Set(frames.map(offsetOf)).size).toBe(1)
    const steps = frames.slice(1).map(({ tMs }, n) => tMs - (frames[n]?.tMs ?? 0))
    expect(Math.min(...steps)).toBeGreaterThan(0)
  })

  it('drops old pictures, and counts them, for a reader who is slower than the camera', async () => {
    await using camera = await MjpegServer.start(30)
    await using source = await openSource(camera.url)
    const reader = new LiveReader(source)
    const frames: Frame[] = []
    for (let n = 0; n < 8; n++) {
      frames.push(await reader.frame())
      await sleep(200)
    }
    // At 6 pictures a look a queue would have shown the first 8 pictures and dropped none.
    expect(source.dropped).toBeGreaterThan(8)
    expect(frames.at(-1)?.seq).toBeGreaterThan(15)
    expect(new Set(frames.map(offsetOf)).size).toBe(1)
  })

  it('announces a stall while it lasts, and says how long it was', async () => {
    await using camera = await MjpegServer.start(20)
    await using source = await openSource(camera.url)
    const reader = new LiveReader(source)
    await reader.frame()
    await camera.stall()
    const gap = await reader.interruption()
    const last = reader.last
    expect(gap).toMatchObject({
      kind: 'gap',
      sinceMs: last?.tMs,
      problem: { code: 'source-lost' },
    })
    await camera.play()
    const back = await reader.interruption()
    expect(back).toMatchObject({ kind: 'problem', problem: { code: 'source-restored' } })
    expect((await reader.frame()).seq).toBe((last?.seq ?? 0) + 1)
  })

  it('gives up a stream that stays silent and opens it again when it answers', async () => {
    await using camera = await MjpegServer.start(20)
    await using source = await openSource(camera.url, { openTimeoutMs: 1500 })
    const reader = new LiveReader(source)
    const first = await reader.frame()
    await camera.mute()
    expect((await reader.problem('source-lost')).message).toContain('no picture for')
    expect((await reader.problem('source-retry')).message).toContain('does not answer')
    await camera.play()
    expect((await reader.problem('source-restored')).message).toContain('is back after')
    const again = await reader.frame()
    expect([again.seq > first.seq, again.tMs > first.tMs]).toEqual([true, true])
  })

  it('opens again after a hang-up, and after the camera was without power', async () => {
    await using camera = await MjpegServer.start(20)
    await using source = await openSource(camera.url)
    const reader = new LiveReader(source)
    await reader.frame()
    await camera.cut()
    await reader.problem('source-lost')
    await reader.problem('source-restored')
    await reader.frame()
    await camera.stop()
    await reader.problem('source-lost')
    expect((await reader.problem('source-retry')).message).toContain('nothing listens')
    await camera.restart()
    await reader.problem('source-restored')
    expect((await reader.frame()).width).toBe(160)
  })

  it.each([
    ['smaller', 80, 60, 3],
    ['larger', 320, 240, 3],
    ['grey, as at night', 160, 120, 1],
  ])('shows a picture that has become %s as it is', async (_, width, height, channels) => {
    await using camera = await MjpegServer.start(20)
    await using source = await openSource(camera.url)
    const reader = new LiveReader(source)
    await reader.frames(3)
    await camera.show(pictureOf(width, height, 140, channels))
    for (;;) {
      const frame = await reader.frame()
      if (frame.width !== width || Math.abs((frame.pixels[0] ?? 0) - 140) > 3) continue
      expect([frame.width, frame.height, frame.pixels.length]).toEqual([
        width,
        height,
        width * height * 3,
      ])
      // The whole picture is the new one, to its last pixel.
      expect(Math.abs((frame.pixels.at(-1) ?? 0) - 140)).toBeLessThanOrEqual(3)
      break
    }
  })

  it('judges no picture that is cut, and says that some come damaged', async () => {
    await using camera = await MjpegServer.start(20)
    await using source = await openSource(camera.url)
    const reader = new LiveReader(source)
    await reader.frame()
    const whole = pictureOf(160, 120, 200)
    await camera.show(whole, whole.subarray(0, whole.length / 2), whole)
    const problem = await reader.problem('pictures-damaged')
    expect(problem.message).toContain('damaged')
    const frames = await reader.frames(6)
    for (const { pixels } of frames) expect(pixels.at(-1)).toBeGreaterThan(190)
  })

  it('is opened from a camera that answers nothing but GET', async () => {
    await using camera = await MjpegServer.start(20)
    await camera.onlyGet()
    await using source = await openSource(camera.url, { openTimeoutMs: 3000 })
    expect((await new LiveReader(source).frame()).width).toBe(160)
  })

  it('that drips bytes is said to send no pictures, within its time limit', async () => {
    await using camera = await MjpegServer.start(20)
    await camera.drip()
    await expect(openSource(camera.url, { openTimeoutMs: 500 })).rejects.toMatchObject({
      code: 'stream-unusable',
      message: `The camera ${camera.url} answers, but sends no picture within 0.5 s.`,
    })
  })

  it('can be closed while it is silent', async () => {
    await using camera = await MjpegServer.start(20)
    const source = await openSource(camera.url)
    const reader = new LiveReader(source)
    await reader.frame()
    await camera.stall()
    await reader.problem('source-lost')
    const ended = expect(reader.next()).rejects.toThrow('the source ended')
    await source[Symbol.asyncDispose]()
    await ended
  })
})

describe('opening a stream', () => {
  it.each([
    [{ status: 404 }, 'stream-refused', 'refuses the stream'],
    [{ status: 401 }, 'stream-unauthorised', 'is not open to everyone (status 401)'],
    [{ type: 'video/mp4' }, 'stream-is-file', 'gives a file, not a live stream'],
    [{ type: 'text/html' }, 'stream-unusable', 'no picture can be decoded'],
  ])('fails in words on %j', async (answer, code, words) => {
    await using camera = await MjpegServer.start(20)
    await camera.answer(answer)
    await expect(openSource(camera.url)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    })
  })

  it('fails in words when nobody listens or the name is unknown', async () => {
    await using camera = await MjpegServer.start(20)
    await camera.stop()
    await expect(openSource(camera.url)).rejects.toMatchObject({ code: 'stream-unreachable' })
    await expect(openSource('rtsp://camera.invalid/cabin')).rejects.toMatchObject({
      code: 'stream-unreachable',
    })
  })

  it('ends at its time limit, or when it is called off, without blocking anyone', async () => {
    await using camera = await MjpegServer.start(20)
    await camera.mute()
    await expect(openSource(camera.url, { openTimeoutMs: 300 })).rejects.toMatchObject({
      code: 'source-timeout',
      message: `The stream ${camera.url} does not answer within 0.3 s.`,
    })
    const abort = new AbortController()
    const opening = openSource(camera.url, { signal: abort.signal })
    abort.abort(new Error('changed my mind'))
    await expect(opening).rejects.toThrow('changed my mind')
  })
})
