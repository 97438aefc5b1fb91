import { RoadwardError } from '../core/errors.ts'

/**
 * Loads the database, which is native code that may not have been compiled here.
 *
 * @returns its version, such as `SQLite 3.53.2`
 * @throws RoadwardError `archive-missing`
 */
export async function loadSqlite(): Promise<string> {
  try {
    const { default: Sqlite } = await import('better-sqlite3')
    const db = new Sqlite(':memory:')
    const version = db.prepare('SELECT sqlite_version()').pluck().get() as string
    db.close()
    return `SQLite ${version}`
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new RoadwardError(
      'archive-missing',
      `Drives cannot be recorded: the database does not load (${reason}).`,
      'Run `npm run setup`; monitoring works without it.',
      { cause },
    )
  }
}
