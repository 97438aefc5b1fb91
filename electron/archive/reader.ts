import type { Resumption, StoredEvent, StoredSpan } from '../contract/archive.ts'
import { snapshotSchema } from '../contract/commands.ts'
import type { Drive, DriveEvent, DriveList, DriveQuery, StateSpan } from '../contract/drives.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Millis } from '../core/frame.ts'
import type { Problem } from '../core/ports.ts'
import type { Database } from './database.ts'
import { driveRowSchema, eventRowSchema, presetOf, summaryOf, SUMMARY_COLUMNS } from './rows.ts'

/** Pictures around an event, each way, as the recorder keeps them. */
const CLIP_MS: Millis = 5000

/** Reads what was recorded. */
export class DriveReader {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  list(query: DriveQuery): DriveList {
    const { where, values } = conditionsOf(query)
    const { total } = this.#db
      .prepare(`SELECT count(*) AS total FROM drives d ${where}`)
      .get(values) as { total: number }
    const rows = this.#db
      .prepare(
        `SELECT ${SUMMARY_COLUMNS} FROM drives d ${where}
         ORDER BY d.started_at DESC, d.id DESC LIMIT @limit OFFSET @offset`,
      )
      .all({ ...values, limit: query.limit, offset: query.offset })
    return { drives: rows.map(summaryOf), total }
  }

  get(drive: number): Drive {
    const row = this.row(drive)
    const summary = this.#db
      .prepare(`SELECT ${SUMMARY_COLUMNS} FROM drives d WHERE d.id = ?`)
      .get(drive)
    return {
      summary: summaryOf(summary),
      preset: presetOf(row),
      folds: row.folds,
      provider: row.provider,
      programVersion: row.program_version,
      foldHashes: row.fold_hashes,
      sourceHash: row.source_hash,
      spans: this.#spans(drive),
      events: this.#events(drive),
      problems: this.#problems(drive),
    }
  }

  /**
   * @returns the drive that an event belongs to
   * @throws RoadwardError `not-found`
   */
  driveOf(event: number): number {
    const row = this.#db.prepare('SELECT drive FROM events WHERE id = ?').get(event)
    if (row === undefined) {
      throw new RoadwardError('not-found', `There is no event ${event} here.`, 'Load it again.')
    }
    return (row as { drive: number }).drive
  }

  /** @throws RoadwardError `not-found` */
  row(drive: number) {
    const row = this.#db.prepare('SELECT * FROM drives WHERE id = ?').get(drive)
    if (row === undefined) {
      throw new RoadwardError(
        'not-found',
        `There is no drive ${drive} here.`,
        'Load the list again.',
      )
    }
    return driveRowSchema.parse(row)
  }

  /** The newest drive with this key, and where it would go on. */
  findAnalysis(key: string): Resumption | undefined {
    const found = this.#db
      .prepare('SELECT id FROM drives WHERE analysis_key = ? ORDER BY id DESC LIMIT 1')
      .get(key) as { id: number } | undefined
    if (found === undefined) return undefined
    const { status, batches, frames, snapshot } = this.row(found.id)
    const first = this.#db
      .prepare('SELECT from_ms FROM chunks WHERE drive = ? ORDER BY id LIMIT 1')
      .get(found.id) as { from_ms: number } | undefined
    return {
      drive: found.id,
      status,
      number: batches,
      frames,
      startedMs: first?.from_ms,
      snapshot: snapshot === undefined ? undefined : snapshotSchema.parse(JSON.parse(snapshot)),
      span: this.#lastSpan(found.id),
      event: this.#lastEvent(found.id),
    }
  }

  #lastSpan(drive: number): StoredSpan | undefined {
    const row = this.#db
      .prepare('SELECT ordinal, span FROM spans WHERE drive = ? ORDER BY ordinal DESC LIMIT 1')
      .get(drive) as { ordinal: number; span: string } | undefined
    if (row === undefined) return undefined
    return { ...(JSON.parse(row.span) as StateSpan), ordinal: row.ordinal }
  }

  #lastEvent(drive: number): StoredEvent | undefined {
    const row = this.#db
      .prepare('SELECT ordinal, event FROM events WHERE drive = ? ORDER BY ordinal DESC LIMIT 1')
      .get(drive) as { ordinal: number; event: string } | undefined
    if (row === undefined) return undefined
    return { ...(JSON.parse(row.event) as StoredEvent), ordinal: row.ordinal }
  }

  #spans(drive: number): StateSpan[] {
    const rows = this.#db
      .prepare('SELECT span FROM spans WHERE drive = ? ORDER BY ordinal')
      .all(drive) as { span: string }[]
    return rows.map(({ span }) => JSON.parse(span) as StateSpan)
  }

  #events(drive: number): DriveEvent[] {
    const clips = this.#db
      .prepare(
        'SELECT from_ms AS fromMs, to_ms AS toMs FROM clips WHERE drive = ? ORDER BY from_ms',
      )
      .all(drive) as { fromMs: number; toMs: number }[]
    const rows = this.#db
      .prepare('SELECT * FROM events WHERE drive = ? ORDER BY ordinal')
      .all(drive)
    return rows.map((row) => {
      const {
        id,
        event,
        review,
        review_note: note,
        reviewed_at: changedAt,
      } = eventRowSchema.parse(row)
      return {
        ...event,
        id,
        drive,
        clip: clipOf(event, clips),
        review: { state: review, note, changedAt },
      }
    })
  }

  #problems(drive: number): { tMs: number | undefined; problem: Problem }[] {
    const rows = this.#db
      .prepare('SELECT t_ms, problem FROM problems WHERE drive = ? ORDER BY id')
      .all(drive) as { t_ms: number | null; problem: string }[]
    return rows.map(({ t_ms: tMs, problem }) => ({
      tMs: tMs ?? undefined,
      problem: JSON.parse(problem) as Problem,
    }))
  }
}

interface Span {
  readonly fromMs: Millis
  readonly toMs: Millis
}

/** The kept pictures that belong to the event, from first to last. */
function clipOf(
  { sinceMs, steps }: Omit<StoredEvent, 'ordinal'>,
  clips: readonly Span[],
): Span | undefined {
  const from = Math.min(sinceMs, (steps[0]?.tMs ?? sinceMs) - CLIP_MS)
  const to = (steps.at(-1)?.tMs ?? sinceMs) + CLIP_MS
  const own = clips.filter(({ fromMs, toMs }) => fromMs <= to && toMs >= from)
  if (own.length === 0) return undefined
  return {
    fromMs: Math.max(from, Math.min(...own.map(({ fromMs }) => fromMs))),
    toMs: Math.min(to, Math.max(...own.map(({ toMs }) => toMs))),
  }
}

function conditionsOf({ text, from, to, level, unreviewed }: DriveQuery): {
  readonly where: string
  readonly values: Readonly<Record<string, string | number>>
} {
  const conditions: string[] = []
  const values: Record<string, string | number> = {}
  if (text !== undefined && text.trim() !== '') {
    const places = ['d.name', 'd.uri', 'd.driver', 'd.vehicle', 'd.note']
    conditions.push(
      `(${places.map((place) => `fold(${place}) LIKE fold(@text) ESCAPE '\\'`).join(' OR ')})`,
    )
    values['text'] = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`
  }
  if (from !== undefined) {
    conditions.push('d.started_at >= @from')
    values['from'] = from
  }
  if (to !== undefined) {
    conditions.push('d.started_at < @to')
    values['to'] = to
  }
  if (level !== undefined) {
    const levels = {
      caution: "'caution', 'warning', 'critical'",
      warning: "'warning', 'critical'",
      critical: "'critical'",
    }
    conditions.push(
      `EXISTS (SELECT 1 FROM events e WHERE e.drive = d.id AND e.level IN (${levels[level]}))`,
    )
  }
  if (unreviewed !== undefined) {
    conditions.push(
      "EXISTS (SELECT 1 FROM events e WHERE e.drive = d.id AND e.review = 'needs-review')",
    )
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values }
}
