import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LoggedBatch } from '../../../../electron/archive/driveLog/driveLog.ts'
import { BatchQueue } from '../../../../electron/app/recording/batchQueue.ts'
import { headerOf } from '../../archive/archiveFolder.ts'
import { FakeArchive } from './fakeArchive.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A second of a drive that has been safe since it began. */
const second = (index: number): LoggedBatch => ({
  chunks: [{ fromMs: index * 1000, toMs: index * 1000 + 999, rows: new Uint8Array(4) }],
  spans: [{ ordinal: 0, fromMs: 0, toMs: index * 1000 + 999, state: 'safe' }],
  events: [],
  problems: [],
  durationMs: index * 1000,
  frames: index,
})

function queueFor(archive: FakeArchive) {
  const told: string[] = []
  const queue = new BatchQueue({
    archive,
    header: () => Promise.resolve(headerOf()),
    onFailure: () => told.push('failure'),
    onRecovery: (lost) => told.push(`recovery, ${lost} lost`),
  })
  return { queue, told }
}

describe('batches on their way to the archive', () => {
  it('arrive in order, and the drive is finished after them', async () => {
    const archive = new FakeArchive()
    const { queue, told } = queueFor(archive)
    queue.push(second(0))
    queue.push(second(1))
    await queue.end('complete')
    expect(archive.batches.map(({ drive, number, frames }) => [drive, number, frames])).toEqual([
      [1, 0, 0],
      [1, 1, 1],
    ])
    expect(archive.finished).toEqual(['1 complete'])
    expect(told).toEqual([])
  })

  it('wait for space, which is told once when it goes and once when it is back', async () => {
    const archive = new FakeArchive()
    const { queue, told } = queueFor(archive)
    queue.push(second(0))
    await vi.advanceTimersByTimeAsync(1000)
    archive.full = true
    for (const index of [1, 2, 3]) {
      queue.push(second(index))
      await vi.advanceTimersByTimeAsync(4000)
    }
    expect(told).toEqual(['failure'])
    archive.full = false
    await vi.advanceTimersByTimeAsync(4000)
    expect(told).toEqual(['failure', 'recovery, 0 lost'])
    expect(archive.batches.map(({ number, frames }) => [number, frames])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ])
  })

  it('let the oldest predictions go when it takes too long, but no span', async () => {
    const archive = new FakeArchive()
    archive.full = true
    const { queue, told } = queueFor(archive)
    for (let index = 0; index < 100; index++) queue.push(second(index))
    await vi.advanceTimersByTimeAsync(4000)
    archive.full = false
    await vi.advanceTimersByTimeAsync(4000)
    expect(told).toEqual(['failure', 'recovery, 40 lost'])
    expect(archive.batches).toHaveLength(60)
    expect(archive.batches[0]?.frames).toBe(40)
    expect(archive.batches[0]?.spans).toEqual(second(40).spans)
  })

  it('never hold anybody up while the archive does not answer', async () => {
    const archive = new FakeArchive()
    let resolve = (): void => undefined
    archive.stuck = new Promise((done) => {
      resolve = done
    })
    const { queue } = queueFor(archive)
    for (let index = 0; index < 1000; index++) queue.push(second(index))
    expect(archive.batches).toEqual([])
    archive.stuck = undefined
    resolve()
    await queue.end('complete')
    expect(archive.batches.at(-1)?.frames).toBe(999)
  })

  it('of a drive that goes on are counted on', async () => {
    const archive = new FakeArchive()
    const queue = new BatchQueue({
      archive,
      header: () => Promise.reject(new Error('it has begun already')),
      resumed: { drive: 9, number: 31 },
      onFailure: (error) => {
        throw error
      },
      onRecovery: () => undefined,
    })
    queue.push(second(0))
    await queue.end('interrupted')
    expect(archive.batches.map(({ drive, number }) => [drive, number])).toEqual([[9, 31]])
    expect(archive.finished).toEqual(['9 interrupted'])
  })
})
