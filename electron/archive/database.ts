import Sqlite from 'better-sqlite3'
import { RoadwardError } from '../core/errors.ts'
import { MIGRATIONS } from './schema.ts'

export type Database = Sqlite.Database

/** How long a statement waits for another process that writes. */
const BUSY_MS = 5000

/**
 * Opens the archive's file, makes it when there is none, and brings an older one up to date.
 *
 * @throws RoadwardError `archive-newer` for a file of a later version, `archive-damaged`
 */
export function openDatabase(file: string): Database {
  const db = new Sqlite(file, { timeout: BUSY_MS })
  try {
    db.pragma('journal_mode = WAL')
    // NORMAL would leave commits since the last checkpoint to the mercy of the power; FULL syncs
    // each of them, and one a second costs nothing that matters.
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    // A WAL file that grew while somebody read for long gives its space back.
    db.pragma('journal_size_limit = 16777216')
    migrate(db, file)
    db.function('fold', { deterministic: true }, folded)
    return db
  } catch (thrown) {
    db.close()
    throw thrown instanceof Sqlite.SqliteError && isDamage(thrown) ? damaged(file, thrown) : thrown
  }
}

/** A text as a search compares it: SQLite's own LIKE knows the cases of A to Z only. */
function folded(text: unknown): string | null {
  return typeof text === 'string' ? text.normalize('NFC').toLocaleLowerCase() : null
}

function migrate(db: Database, file: string): void {
  const version = (): number => db.pragma('user_version', { simple: true }) as number
  if (version() === MIGRATIONS.length) return
  // Looked at again under the lock: another process may have just done it.
  const update = db.transaction(() => {
    const from = version()
    if (from > MIGRATIONS.length) throw newer(file)
    for (const statements of MIGRATIONS.slice(from)) db.exec(statements)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  })
  update.immediate()
}

function isDamage({ code }: { readonly code: string }): boolean {
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')
}

function damaged(file: string, cause: Error): RoadwardError {
  return new RoadwardError(
    'archive-damaged',
    `The archive ${file} is damaged: ${cause.message}.`,
    'Move it away; Roadward then begins a new one.',
    { cause },
  )
}

function newer(file: string): RoadwardError {
  return new RoadwardError(
    'archive-newer',
    `The archive ${file} was written by a later Roadward.`,
    'Install that version, or name another folder with --data.',
  )
}

/** Whether the failure means that nothing more can be written for want of space. */
function isFull(thrown: unknown): boolean {
  const code = (thrown as { readonly code?: unknown } | undefined)?.code
  return (
    code === 'SQLITE_FULL' ||
    code === 'SQLITE_IOERR_SHMSIZE' ||
    code === 'ENOSPC' ||
    code === 'EDQUOT'
  )
}

/** @returns what the work returns @throws RoadwardError `disk-full` where there is no space */
export function whileThereIsSpace<T>(directory: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    // A WAL that cannot grow fails as an input/output error on some file systems.
    if (!isFull(cause)) throw cause
    throw new RoadwardError(
      'disk-full',
      `The disk that holds ${directory} is full.`,
      'Free some space, or shorten how long drives are kept.',
      { cause },
    )
  }
}
