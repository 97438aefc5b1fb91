import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { openArchive, type ArchiveClient } from '../../../electron/app/recording/openArchive.ts'
import { ensureBuilt } from '../../support/build.ts'
import { SmallDisk } from '../../support/smallDisk.ts'
import { headerOf } from '../../unit/archive/archiveFolder.ts'
import { logOf, sure, tellDrive } from '../../unit/archive/driveLog.ts'

beforeAll(ensureBuilt, 60_000)

const MEGABYTE = 1024 * 1024

/** Ten seconds of a drive as one batch. */
async function tenSeconds() {
  const batch = logOf(await tellDrive(sure('c0', 100))).take()
  if (batch === undefined) throw new Error('nothing was logged')
  return { ...batch, snapshot: undefined }
}

/** @returns the code that writing fails with, undefined when it does not within so many turns */
async function until(turns: number, write: (turn: number) => Promise<unknown>) {
  for (let turn = 0; turn < turns; turn++) {
    const code = await codeOf(write(turn))
    if (code !== undefined) return { code, turn }
  }
  return undefined
}

const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (thrown: unknown) => (thrown as { readonly code: string }).code,
  )

const isSound = (directory: string): boolean => {
  const db = new Sqlite(join(directory, 'archive.sqlite'))
  const verdict = db.pragma('integrity_check', { simple: true })
  db.close()
  return verdict === 'ok'
}

describe('a disk that fills up', () => {
  it('takes events and predictions when there is no space for pictures any more', async (test) => {
    using disk = SmallDisk.mount(6)
    if (disk === undefined) test.skip('no file system can be mounted here')
    else {
      await using archive = openArchive(disk.directory)
      const { drive } = await archive.call('begin', headerOf({ pictures: 'drive' }))
      const picture = (tMs: number) => ({ tMs, jpeg: new Uint8Array(MEGABYTE).fill(1) })
      const full = await until(20, (turn) =>
        archive.call('keepPictures', { drive, pictures: [picture(turn * 100)], last: false }),
      )
      expect(full?.code).toBe('disk-full')
      const batch = await tenSeconds()
      expect(await codeOf(archive.call('append', { drive, number: 0, ...batch }))).toBeUndefined()
      // Those that were taken before are whole, and the one that was not is not there in part.
      const times = await archive.call('pictureTimes', { drive, fromMs: 0, toMs: 1e6 })
      expect(times).toHaveLength(full?.turn ?? 0)
      const last = await archive.call('picture', { drive, tMs: times.at(-1) ?? 0 })
      expect(last?.jpeg).toHaveLength(MEGABYTE)
    }
  })

  it('is said to be full, keeps what it has, and goes on when there is space again', async (test) => {
    using disk = SmallDisk.mount(6)
    if (disk === undefined) test.skip('no file system can be mounted here')
    else {
      const ballast = join(disk.directory, 'ballast')
      writeFileSync(ballast, new Uint8Array(5 * MEGABYTE))
      let archive: ArchiveClient = openArchive(disk.directory)
      const { drive } = await archive.call('begin', headerOf())
      const batch = await tenSeconds()
      const write = (number: number) => archive.call('append', { drive, number, ...batch })
      const full = await until(300, write)
      expect(full?.code).toBe('disk-full')
      rmSync(ballast)
      expect(await codeOf(write(full?.turn ?? 0))).toBeUndefined()
      await archive[Symbol.asyncDispose]()
      expect(isSound(disk.directory)).toBe(true)
      archive = openArchive(disk.directory)
      const { summary } = await archive.call('get', { drive })
      expect(summary.status).toBe('interrupted')
      const table = await archive.call('predictions', { drive, buckets: 0 })
      await archive[Symbol.asyncDispose]()
      expect(table.length).toBeGreaterThan((full?.turn ?? 0) * 100 * 60)
    }
  })
})
