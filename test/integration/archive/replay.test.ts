import { mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Drive } from '../../../electron/contract/drives.ts'
import type { ClassId } from '../../../electron/core/labels.ts'
import { openArchive } from '../../../electron/app/recording/openArchive.ts'
import { ensureBuilt } from '../../support/build.ts'
import { jsonLines, roadward, TINY_ENSEMBLE, type CliResult } from '../../support/cli.ts'
import { Mp4Surgery } from '../../support/mp4Surgery.ts'
import {
  pictureFolder,
  pictureVideo,
  stateFarmFolder,
  unsteadyVideo,
} from '../../support/pictures.ts'

beforeAll(ensureBuilt, 60_000)

let directory: string
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'roadward-data-'))
})
afterEach(() => {
  rmSync(directory, { recursive: true })
})

const repeat = (id: ClassId, count: number) => Array.from({ length: count }, () => id)

function replay(
  out: string,
  files: readonly string[],
  onLine?: (line: string, kill: () => void) => void,
): Promise<CliResult> {
  const args = ['replay', ...files, '--out', out, '--ensemble', TINY_ENSEMBLE, '--json']
  return roadward(args, (child) => {
    child.stdout?.on('data', (text: string) => onLine?.(text, () => child.kill('SIGKILL')))
  })
}

const outcomes = ({ stdout }: CliResult) =>
  jsonLines(stdout).filter(({ type }) => type === 'drive' || type === 'failed')

/** All that was stored of the only drive of a folder, without what names the run. */
async function contentOf(folder: string) {
  await using archive = openArchive(folder)
  const { drives } = await archive.call('list', {})
  expect(drives).toHaveLength(1)
  const drive = drives[0]?.id ?? 0
  const { summary, ...rest }: Drive = await archive.call('get', { drive })
  const predictions = await archive.call('predictions', { drive, buckets: 0 })
  return { ...rest, ...summary, startedAt: 0, predictions: Buffer.from(predictions) }
}

describe('roadward replay', () => {
  it('keeps a drive for review, and skips it the next time', async () => {
    const folder = await pictureFolder([...repeat('c0', 10), ...repeat('c1', 20)])
    const first = await replay(directory, [folder])
    expect(first.code).toBe(0)
    expect(outcomes(first)).toMatchObject([{ outcome: 'done', frames: 30, worst: 'critical' }])
    const second = await replay(directory, [folder])
    expect(second.code).toBe(0)
    expect(outcomes(second)).toMatchObject([{ outcome: 'skipped', drive: 1 }])
    const { events, status, pictures, sourceHash } = await contentOf(directory)
    expect(events).toHaveLength(1)
    expect({ status, pictures }).toEqual({ status: 'complete', pictures: 'recording' })
    expect(sourceHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('reports what is broken, goes on with the rest, and exits with 1', async () => {
    const broken = path.join(directory, 'broken.mp4')
    writeFileSync(broken, 'no video')
    const folder = await pictureFolder(repeat('c0', 5))
    const result = await replay(directory, [broken, '/no/such/drive.mp4', folder])
    expect(result.code).toBe(1)
    expect(outcomes(result)).toMatchObject([
      { type: 'failed', code: 'not-a-video' },
      { type: 'failed', code: 'source-not-found' },
      { type: 'drive', outcome: 'done' },
    ])
  })

  it('finds a recording again that was moved, by its content', async () => {
    const recording = await pictureVideo(repeat('c0', 20))
    await replay(directory, [recording])
    const elsewhere = path.join(directory, 'moved.avi')
    renameSync(recording, elsewhere)
    expect(outcomes(await replay(directory, [elsewhere]))).toMatchObject([{ outcome: 'skipped' }])
    await using archive = openArchive(directory)
    expect(await archive.call('source', { drive: 1 })).toMatchObject({ uri: elsewhere })
  })

  it('does not take for complete what was cut off while it was read', async () => {
    const recording = await pictureVideo(repeat('c0', 1500))
    const whole = readFileSync(recording)
    const pulled = await replay(directory, [recording], (line) => {
      if (line.includes('"progress"')) truncateSync(recording, Math.floor(whole.length * 0.9))
    })
    expect(outcomes(pulled)).toMatchObject([{ type: 'failed', code: 'recording-changed' }])
    writeFileSync(recording, whole)
    const again = await replay(directory, [recording])
    expect(outcomes(again)).toMatchObject([{ outcome: 'done', resumed: true, frames: 1500 }])
  })

  it('says when a recording was made, and how it knows', async () => {
    const recording = await unsteadyVideo(repeat('c0', 5))
    const made = new Mp4Surgery(readFileSync(recording)).date(new Date('2026-03-14T07:12:30Z'))
    writeFileSync(recording, made.bytes)
    await replay(directory, [recording])
    const { problems } = await contentOf(directory)
    expect(problems.map(({ problem }) => problem.message).join()).toMatch(
      /Recorded on 2026-03-14 07:12 UTC, by the file itself/,
    )
  })

  it('makes a drive of each driver of a State Farm folder', async () => {
    const rows = (['p1', 'p2'] as const).flatMap((driver) =>
      repeat('c0', 4).map((id) => ({ driver, class: id })),
    )
    const result = await replay(directory, [await stateFarmFolder(rows)])
    expect(outcomes(result)).toMatchObject([{ frames: 4 }, { frames: 4 }])
    await using archive = openArchive(directory)
    const { drives } = await archive.call('list', {})
    expect(drives.map(({ labels }) => labels.driver).sort()).toEqual(['p1', 'p2'])
  })

  it.each([
    ['a video', pictureVideo],
    ['a video whose rate changes', unsteadyVideo],
    ['a folder of pictures', pictureFolder],
  ])(
    'goes on after SIGKILL as if nothing had been, with %s',
    async (_, make) => {
      const acts = (['c0', 'c1', 'c0', 'c5', 'c2', 'c0'] as const).flatMap((id) => repeat(id, 200))
      const recording = await make(acts)
      const killed = await replay(directory, [recording], (line, kill) => {
        if (line.includes('"progress"')) kill()
      })
      expect(killed.code).toBeNull()
      const resumed = await replay(directory, [recording])
      expect(outcomes(resumed)).toMatchObject([
        { outcome: 'done', resumed: true, frames: acts.length },
      ])
      const whole = path.join(directory, 'whole')
      expect(outcomes(await replay(whole, [recording]))).toMatchObject([{ resumed: false }])
      expect(await contentOf(directory)).toEqual(await contentOf(whole))
    },
    180_000,
  )
})
