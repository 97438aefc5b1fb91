import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openCamera } from '../../../../electron/engine/capture/cameraSource.ts'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import { RoadwardError } from '../../../../electron/core/errors.ts'
import { scratchFolder } from '../../../support/collect.ts'
import { makeVideo } from '../../../support/makeVideo.ts'

/** The code and message of a failure; every one of them has a tip. */
async function failure(opening: Promise<unknown>): Promise<[string, string]> {
  try {
    await opening
  } catch (thrown) {
    if (!(thrown instanceof RoadwardError)) throw thrown
    expect(thrown.tip).toMatch(/\.$/)
    return [thrown.code, thrown.message]
  }
  throw new Error('it opened')
}

/**
 * Gives up the rights of root until the end of the block, where the test has them: reading then
 * fails as it does for anyone. Undefined where Node does not allow it (io_uring is on, Debian 13).
 */
function asNobody(): Disposable | undefined {
  if (process.geteuid?.() !== 0 || process.seteuid === undefined) {
    return { [Symbol.dispose]: () => undefined }
  }
  try {
    process.seteuid(65534)
  } catch {
    return undefined
  }
  return { [Symbol.dispose]: () => process.seteuid?.(0) }
}

describe('opening says what is wrong with', () => {
  it('a path that does not exist', async () => {
    await using folder = await scratchFolder()
    const uri = folder.path('nope.mp4')
    expect(await failure(openSource(uri))).toEqual([
      'source-not-found',
      `There is no file or folder ${uri}.`,
    ])
  })

  it('an empty folder and a folder without pictures', async () => {
    await using folder = await scratchFolder()
    const empty = folder.path()
    expect(await failure(openSource(empty))).toEqual([
      'folder-empty',
      `The folder ${empty} is empty.`,
    ])
    await writeFile(folder.path('a.txt'), '')
    expect(await failure(openSource(empty))).toEqual([
      'folder-without-pictures',
      `The folder ${empty} holds no picture: none of its 1 entries is one.`,
    ])
  })

  it('a glob that fits nothing', async () => {
    await using folder = await scratchFolder()
    const glob = folder.path('*.jpg')
    expect(await failure(openSource(glob))).toEqual([
      'glob-without-match',
      `No picture fits ${glob}.`,
    ])
    expect((await failure(openSource(folder.path('deep', '*.jpg'))))[0]).toBe('glob-without-match')
  })

  it('a video of zero bytes, a text file, a playlist, and a recording without its index', async () => {
    await using folder = await scratchFolder()
    const named = async (name: string, content: string | Uint8Array) => {
      await writeFile(folder.path(name), content)
      return (await failure(openSource(folder.path(name))))[0]
    }
    expect(await named('zero.mp4', '')).toBe('video-empty')
    expect(await named('drive.mp4', 'Dear diary,\n')).toBe('not-a-video')
    expect(await named('drive.txt', 'Dear diary,\n')).toBe('not-a-video')
    makeVideo({ path: folder.path('good.avi'), frames: 5, framesPerSecond: 5, fourcc: 'MJPG' })
    expect(await named('a.m3u8', '#EXTM3U\n#EXTINF:1,\ngood.avi\n')).toBe('not-a-video')
    expect(await named('a.ffconcat', 'ffconcat version 1.0\nfile good.avi\n')).toBe('not-a-video')
    expect(await named('cut.mp4', Buffer.from('000000186674797069736f6d', 'hex'))).toBe(
      'not-a-video',
    )
  })

  it('files, folders and cameras that this user may not read', async (context) => {
    await using folder = await scratchFolder()
    await chmod(folder.path(), 0o755)
    await writeFile(folder.path('secret.mp4'), 'x')
    await mkdir(folder.path('secrets'))
    for (const name of ['secret.mp4', 'secrets']) await chmod(folder.path(name), 0)
    const failures: (readonly [string, string])[] = []
    {
      using nobody = asNobody()
      context.skip(nobody === undefined, 'this Node lets no process change its user')
      failures.push(await failure(openSource(folder.path('secret.mp4'))))
      failures.push(await failure(openSource(folder.path('secrets'))))
      failures.push(await failure(openCamera('0', folder.path('secret.mp4'), {})))
    }
    expect(failures).toEqual([
      ['source-permission', `This user may not read ${folder.path('secret.mp4')}.`],
      ['source-permission', `This user may not read ${folder.path('secrets')}.`],
      ['camera-permission', `This user may not use the camera ${folder.path('secret.mp4')}.`],
    ])
  })

  it('a camera that is none', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('video0'), '')
    expect(await failure(openCamera('0', folder.path('video0'), {}))).toEqual([
      'camera-unusable',
      `The camera ${folder.path('video0')} does not start.`,
    ])
    expect((await failure(openSource('4711')))[0]).toBe('camera-missing')
    expect((await failure(openSource('/dev/video4711')))[0]).toBe('camera-missing')
  })

  it('a region that reaches outside the video', async () => {
    await using folder = await scratchFolder()
    const path = folder.path('a.avi')
    makeVideo({ path, frames: 2, framesPerSecond: 5, fourcc: 'MJPG' })
    const region = { x: 100, y: 0, width: 100, height: 100 }
    expect(await failure(openSource(path, { region }))).toEqual([
      'region-outside',
      'The region 100,0,100,100 reaches outside the 160x120 picture.',
    ])
  })

  it('a scheme nobody speaks, and options that cannot be', async () => {
    expect(await failure(openSource('ftp://host/drive.mp4'))).toEqual([
      'scheme-unsupported',
      'Sources of the kind ftp:// are not supported.',
    ])
    expect((await failure(openSource('rtsp://')))[0]).toBe('option-invalid')
    expect((await failure(openSource('0', { framesPerSecond: -1 })))[0]).toBe('option-invalid')
  })
})
