import { statSync, statfsSync } from 'node:fs'
import type { Storage } from '../contract/drives.ts'
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

  constructor(db: Database, directory: string, pictures: PictureStore) {
    this.#db = db
    this.#directory = directory
    this.#file = db.name
    this.#pictures = pictures
  }

  /** Drives that are being recorded stay, whatever the limits say. */
  apply({ days, bytes }: Limits, now: number): void {
    if (days !== undefined) {
      const old = this.#db
        .prepare(
          "SELECT id FROM drives WHERE status <> 'recording' AND started_at < ? ORDER BY started_at",
        )
        .pluck()
        .all(now - days * DAY_MS) as number[]
      for (const drive of old) this.remove(drive, `older than ${days} days`, now)
    }
    if (bytes === undefined) return
    while (this.#used() > bytes) {
      const oldest = this.#db
        .prepare(
          "SELECT id FROM drives WHERE status <> 'recording' ORDER BY started_at, id LIMIT 1",
        )
        .pluck()
        .get() as number | undefined
      if (oldest === undefined) return
      this.remove(oldest, `all drives together took more than ${gigabytes(bytes)} GB`, now)
    }
  }

  /** Files of drives that are gone: a removal was interrupted. */
  sweep(): void {
    const known = new Set(this.#db.prepare('SELECT id FROM drives').pluck().all() as number[])
    for (const drive of this.#pictures.drives()) if (!known.has(drive)) this.#pictures.remove(drive)
  }

  /** @param why undefined when somebody removed it by hand */
  remove(drive: number, why: string, now: number): void {
    this.#db.transaction(() => {
      const row = this.#db
        .prepare('SELECT name, started_at FROM drives WHERE id = ?')
        .get(drive) as { name: string; started_at: number } | undefined
      if (row === undefined) return
      const what = `${row.name}, ${new Date(row.started_at).toISOString()}`
      this.#db.prepare('DELETE FROM chunk_means WHERE drive = ?').run(drive)
      this.#db.prepare('DELETE FROM drives WHERE id = ?').run(drive)
      this.#db.prepare('INSERT INTO purges (at, what, why) VALUES (?, ?, ?)').run(now, what, why)
    })()
    this.#pictures.remove(drive)
  }

  storage(): Omit<Storage, 'problem'> {
    const { bavail, bsize } = statfsSync(this.#directory)
    const purges = this.#db
      .prepare('SELECT at, what, why FROM purges ORDER BY id DESC LIMIT ?')
      .all(TOLD) as Storage['purges']
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
