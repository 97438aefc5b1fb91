import { beforeEach, describe, expect, it } from 'vitest'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import { LiveReader } from '../../../support/liveReader.ts'
import { rtspObstacle, RtspServer } from '../../../support/rtspServer.ts'

const obstacle = rtspObstacle()

beforeEach((context) => {
  context.skip(obstacle !== undefined, obstacle)
})

describe('an RTSP stream', () => {
  it.each(['h264', 'jpeg'] as const)('is read as %s', async (codec) => {
    await using server = await RtspServer.start(codec)
    await using source = await openSource(server.url)
    const frames = await new LiveReader(source).frames(10)
    const sizes = new Set(frames.map(({ width, height }) => `${width}x${height}`))
    expect([...sizes]).toEqual(['160x120'])
    // The ball of the test picture is white on black.
    expect(Math.min(...frames.map(({ view }) => view.stdLuma))).toBeGreaterThan(10)
  })

  it('comes back by itself from a short freeze of the server', async () => {
    await using server = await RtspServer.start('h264')
    await using source = await openSource(server.url)
    const reader = new LiveReader(source)
    await reader.frame()
    server.freeze()
    await reader.problem('source-lost')
    server.thaw()
    await reader.problem('source-restored')
    await reader.frame()
  })

  it('is opened again after the server died and returned', async () => {
    await using server = await RtspServer.start('h264')
    await using source = await openSource(server.url)
    const reader = new LiveReader(source)
    const { seq } = await reader.frame()
    await server.kill()
    await reader.problem('source-lost')
    expect((await reader.problem('source-retry')).message).toContain('nothing listens')
    await server.restart()
    await reader.problem('source-restored')
    expect((await reader.frame()).seq).toBeGreaterThan(seq)
  })

  it('is refused in words when the server does not know the path', async () => {
    await using server = await RtspServer.start('h264')
    await expect(openSource(`${server.url}/elsewhere`)).rejects.toMatchObject({
      code: 'stream-refused',
      message: expect.stringContaining('(status 404)') as string,
    })
  })

  it('ends opening at its time limit when the server is frozen', async () => {
    await using server = await RtspServer.start('h264')
    server.freeze()
    await expect(openSource(server.url, { openTimeoutMs: 500 })).rejects.toMatchObject({
      code: 'source-timeout',
    })
  })
})
