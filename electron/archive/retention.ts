import { statSync, statfsSync } from 'node:fs'
import type { Storage } from '../contract/drives.ts'
import type { Problem } from '../core/ports.ts'
import { checkClock, EARLIEST_MS, NO_TRUST, type ClockTrust } from './clockTrust.ts'
import type { Database } from './database.ts'
import type { PictureStore } from './pictures.ts'

const DAY_MS = 86_400_000

/** Purges that are told; older ones are kept in the file. */
const TOLD = 50

export interface Limits {
  readonly days?: number | undefined
  /** Of the database and the pictures together. */
  readonly bytes?: number | undefined
}

/** Removes drives, oldest first, and keeps account of the space. */
export class Retention {
  readonly #db: Database
  readonly #directory: string
  readonly #file: string
  readonly #pictures: PictureStore
  #isStart = true

  constructor(db: Database, directory: string, pictures: PictureStore) {
    this.#db = db
    this.#directory = directory
    this.#file = db.name
    this.#pictures = pictures
  }

  /**
   * Drives that are being recorded stay, whatever the limits say, and so do those whose date cannot
   * be: they go by size only, in the order in which they were recorded.
   *
   * @returns why none was removed for its age
   */
  apply({ days, bytes }: Limits, now: number): Problem | undefined {
    const problem = this.#checkClock(now)
    if (days !== undefined && problem === undefined) {
      const old = this.#db
        .prepare<[number, number], number>(
          "SELECT id FROM drives WHERE status <> 'recording' AND started_at >= ? AND started_at < ? ORDER BY id",
        )
        .pluck()
        .all(EARLIEST_MS, now - days * DAY_MS)
      for (const drive of old) this.remove(drive, `older than ${days} days`, now)
    }
    while (bytes !== undefined && this.#used() > bytes) {
      const oldest = this.#db
        .prepare<[], number>(
          "SELECT id FROM drives WHERE status <> 'recording' ORDER BY id LIMIT 1",
        )
        .pluck()
        .get()
      if (oldest === undefined) break
      this.remove(oldest, `all drives together took more than ${gigabytes(bytes)} GB`, now)
    }
    return problem
  }

  /**
   * Ends removals that were interrupted. Pictures of drives that the archive does not know are
   * somebody's all the same, as when a damaged archive was moved away: they are put aside.
   *
   * @returns where they are now
   */
  sweep(): string | undefined {
    const ids = (table: 'drives' | 'removals', column: 'id' | 'drive'): Set<number> =>
      new Set(this.#db.prepare<[], number>(`SELECT ${column} FROM ${table}`).pluck().all())
    const known = ids('drives', 'id')
    const leaving = ids('removals', 'drive')
    for (const drive of leaving) this.#removePictures(drive)
    const unknown = this.#pictures.drives().filter((drive) => !known.has(drive))
    return unknown.length === 0 ? undefined : this.#pictures.putAside(unknown)
  }

  /** @param why undefined when somebody removed it by hand */
  remove(drive: number, why: string, now: number): void {
    this.#db.transaction(() => {
      const row = this.#db
        .prepare<[number], { name: string; started_at: number }>(
          'SELECT name, started_at FROM drives WHERE id = ?',
        )
        .get(drive)
      if (row === undefined) return
      const what = `${row.name}, ${new Date(row.started_at).toISOString()}`
      this.#db.prepare('DELETE FROM chunk_means WHERE drive = ?').run(drive)
      this.#db.prepare('DELETE FROM drives WHERE id = ?').run(drive)
      this.#db.prepare('INSERT INTO purges (at, what, why) VALUES (?, ?, ?)').run(now, what, why)
      this.#db.prepare('INSERT OR IGNORE INTO removals VALUES (?)').run(drive)
    })()
    this.#removePictures(drive)
  }

  #removePictures(drive: number): void {
    this.#pictures.remove(drive)
    this.#db.prepare('DELETE FROM removals WHERE drive = ?').run(drive)
  }

  /** @returns why the clock may not decide now */
  #checkClock(now: number): Problem | undefined {
    const row = this.#db.prepare<[], string>('SELECT trust FROM clock').pluck().get()
    const before = row === undefined ? this.#firstTrust(now) : (JSON.parse(row) as ClockTrust)
    const { trust, problem } = checkClock(before, now, this.#isStart)
    this.#isStart = false
    const text = JSON.stringify(trust)
    if (text !== row) this.#db.prepare('INSERT OR REPLACE INTO clock VALUES (1, ?)').run(text)
    return problem
  }

  /** An archive that has never looked at the clock believes its own newest drive. */
  #firstTrust(now: number): ClockTrust {
    const newest = this.#db
      .prepare<[number], number | null>(
        "SELECT max(started_at) FROM drives WHERE origin = 'live' AND started_at >= ?",
      )
      .pluck()
      .get(EARLIEST_MS)
    return { ...NO_TRUST, trustedMs: newest ?? (now >= EARLIEST_MS ? now : undefined) }
  }

  storage(): Omit<Storage, 'problem'> {
    const { bavail, bsize } = statfsSync(this.#directory)
    const purges = this.#db
      .prepare<[number], Storage['purges'][number]>(
        'SELECT at, what, why FROM purges ORDER BY id DESC LIMIT ?',
      )
      .all(TOLD)
    return {
      directory: this.#directory,
      databaseBytes: this.#databaseBytes(),
      pictureBytes: this.#pictureBytes(),
      freeBytes: bavail * bsize,
      drives: this.#db.prepare('SELECT count(*) FROM drives').pluck().get() as number,
      purges,
    }
  }

  /** Pages that a removed drive left free are used again, and do not count. */
  #used(): number {
    const pragma = (name: string): number => this.#db.pragma(name, { simple: true }) as number
    const pages = pragma('page_count') - pragma('freelist_count')
    return pages * pragma('page_size') + this.#pictureBytes()
  }

  #pictureBytes(): number {
    return this.#db.prepare('SELECT coalesce(sum(bytes), 0) FROM clips').pluck().get() as number
  }

  #databaseBytes(): number {
    const sizes = ['', '-wal', '-shm'].map(
      (ending) => statSync(this.#file + ending, { throwIfNoEntry: false })?.size ?? 0,
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1)
}
