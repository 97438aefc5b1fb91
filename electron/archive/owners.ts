import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/**
 * Tells whose drives are still being written. Every archive process holds the lock of a file of
 * its own; the system drops it when the process dies, however it dies.
 */
export class Owners implements Disposable {
  readonly #folder: string
  readonly #lock: Sqlite.Database
  /** Written beside the drives that this process records. */
  readonly id = randomUUID()

  constructor(directory: string) {
    this.#folder = join(directory, 'owners')
    mkdirSync(this.#folder, { recursive: true })
    this.#lock = new Sqlite(this.#file(this.id))
    this.#lock.exec('BEGIN EXCLUSIVE')
  }

  /** Whether the process that had this id lives. */
  lives(id: string): boolean {
    if (id === this.id) return true
    const file = this.#file(id)
    if (!existsSync(file)) return false
    try {
      const other = new Sqlite(file, { timeout: 0 })
      try {
        other.exec('BEGIN EXCLUSIVE')
      } finally {
        other.close()
      }
    } catch (thrown) {
      if (thrown instanceof Sqlite.SqliteError && thrown.code.startsWith('SQLITE_BUSY')) return true
    }
    rmSync(file, { force: true })
    return false
  }

  [Symbol.dispose](): void {
    this.#lock.close()
    rmSync(this.#file(this.id), { force: true })
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.lock`)
  }
}
