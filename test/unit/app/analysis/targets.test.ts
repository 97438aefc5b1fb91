import { execFileSync } from 'node:child_process'
import { mkdir, truncate, utimes, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { recordedAt } from '../../../../electron/app/analysis/recordedAt.ts'
import { contentOf, findTargets, isUnchanged } from '../../../../electron/app/analysis/targets.ts'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import { scratchFolder } from '../../../support/collect.ts'

const never = new AbortController().signal

async function targetOf(path: string) {
  const [target] = await findTargets(path)
  if (target === undefined) throw new Error('no target')
  return target
}

describe('the content of a recording', () => {
  it('is the same after it was only touched, and another after it was cut or taken away', async () => {
    await using folder = await scratchFolder()
    const path = folder.path('a.avi')
    await writeFile(path, 'as it was recorded')
    const target = await targetOf(path)
    const content = await contentOf(target, never)
    await utimes(path, 1, 1)
    expect(await isUnchanged(target, content, false, never)).toBe(true)
    await truncate(path, 5)
    expect(await isUnchanged(target, content, false, never)).toBe(false)
    await folder[Symbol.asyncDispose]()
    expect(await isUnchanged(target, content, true, never)).toBe(false)
  })

  it('is not read on when nobody wants it any more', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('a.avi'), Buffer.alloc(64 * 1024 * 1024))
    const target = await targetOf(folder.path('a.avi'))
    const abort = new AbortController()
    const reading = contentOf(target, abort.signal)
    abort.abort()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('what is no recording', () => {
  it.skipIf(process.platform === 'win32')('a pipe is refused at once', async () => {
    await using folder = await scratchFolder()
    execFileSync('/usr/bin/env', ['mkfifo', folder.path('drive.mp4')])
    const refused = {
      code: 'source-not-a-file',
      message: expect.stringContaining('a pipe') as string,
    }
    await expect(findTargets(folder.path('drive.mp4'))).rejects.toMatchObject(refused)
    await expect(openSource(folder.path('drive.mp4'))).rejects.toMatchObject(refused)
  })

  it('is a number that is a camera, not one that is a folder', async () => {
    await using folder = await scratchFolder()
    const before = process.cwd()
    process.chdir(folder.path())
    try {
      await expect(findTargets('2024')).rejects.toMatchObject({ code: 'scheme-unsupported' })
      await mkdir('2024')
      await writeFile('2024/a.jpg', 'a picture')
      expect(await findTargets('2024')).toMatchObject([{ name: '2024' }])
      await using source = await openSource('2024')
      expect(source.info).toMatchObject({ kind: 'pictures', frames: 1 })
    } finally {
      process.chdir(before)
    }
  })
})

describe('when a recording was made', () => {
  it.each([
    ['dashcam-2026-03-14.mp4', new Date(2026, 2, 14)],
    ['20260314_071230.mp4', new Date(2026, 2, 14, 7, 12, 30)],
    ['GX2026-03-14T07-12-30.avi', new Date(2026, 2, 14, 7, 12, 30)],
  ])('is in the name %s', async (name, date) => {
    await using folder = await scratchFolder()
    await writeFile(folder.path(name), 'no head')
    expect(await recordedAt(folder.path(name))).toEqual({ atMs: date.getTime(), from: 'its name' })
  })

  it('is when the file was written, where nothing else is known', async () => {
    await using folder = await scratchFolder()
    await writeFile(folder.path('drive1234567890.avi'), 'no head')
    await utimes(folder.path('drive1234567890.avi'), 1000, 2000)
    expect(await recordedAt(folder.path('drive1234567890.avi'))).toEqual({
      atMs: 2_000_000,
      from: 'the time of the file',
    })
  })
})
