import type { Batch, DriveHeader } from '../contract/archive.ts'
import type { Database } from './database.ts'
import { meansOf, packMeans } from './means.ts'

/** Writes drives as they happen. Every method is one transaction. */
export class DriveWriter {
  readonly #db: Database
  readonly #owner: string

  /** @param owner id of this process; see `owners.ts` */
  constructor(db: Database, owner: string) {
    this.#db = db
    this.#owner = owner
  }

  /** @returns the id of the drive */
  begin(header: DriveHeader): number {
    const { source, labels, ensemble, preset } = header
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO drives (started_at, origin, status, owner, uri, kind, name, options, driver,
           vehicle, note, ensemble_id, ensemble_version, folds, fold_hashes, provider, preset_id,
           preset, program_version, source_hash, analysis_key, pictures)
         VALUES (?, ?, 'recording', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        header.startedAt,
        header.origin,
        this.#owner,
        source.uri,
        source.kind,
        source.name,
        JSON.stringify(header.options),
        labels.driver,
        labels.vehicle,
        labels.note,
        ensemble.id,
        ensemble.version,
        JSON.stringify(header.folds),
        JSON.stringify(header.foldHashes),
        header.provider,
        preset.id,
        JSON.stringify(preset),
        header.programVersion,
        header.sourceHash,
        header.analysisKey,
        header.pictures,
      )
    return Number(lastInsertRowid)
  }

  /** A batch that is there already is left as it is; a drive that is gone takes none. */
  append(batch: Batch): void {
    const { drive, number, snapshot } = batch
    this.#db.transaction(() => {
      const { changes } = this.#db
        .prepare(
          `UPDATE drives SET status = 'recording', owner = ?, batches = ?, duration_ms = ?,
             frames = ?, snapshot = coalesce(?, snapshot) WHERE id = ? AND batches <= ?`,
        )
        .run(
          this.#owner,
          number + 1,
          batch.durationMs,
          batch.frames,
          snapshot === undefined ? null : JSON.stringify(snapshot),
          drive,
          number,
        )
      if (changes === 0) return
      this.#chunks(batch)
      this.#rest(batch)
    })()
  }

  finish(drive: number, status: 'complete' | 'interrupted'): void {
    const snapshot = status === 'complete' ? ', snapshot = NULL' : ''
    this.#db
      .prepare(`UPDATE drives SET status = ?, owner = NULL${snapshot} WHERE id = ?`)
      .run(status, drive)
  }

  #chunks({ drive, chunks }: Batch): void {
    const insert = this.#db.prepare(
      'INSERT INTO chunks (drive, from_ms, to_ms, rows) VALUES (?, ?, ?, ?)',
    )
    const insertMeans = this.#db.prepare(
      'INSERT INTO chunk_means (chunk, drive, from_ms, to_ms, frames, means) VALUES (?, ?, ?, ?, ?, ?)',
    )
    for (const { fromMs, toMs, rows } of chunks) {
      const { lastInsertRowid } = insert.run(drive, fromMs, toMs, rows)
      const means = meansOf(rows)
      if (means.frames === 0) continue
      insertMeans.run(lastInsertRowid, drive, fromMs, toMs, means.frames, packMeans(means))
    }
  }

  #rest({ drive, spans, events, problems }: Batch): void {
    const span = this.#db.prepare(
      'INSERT OR REPLACE INTO spans (drive, ordinal, span) VALUES (?, ?, ?)',
    )
    for (const { ordinal, ...rest } of spans) span.run(drive, ordinal, JSON.stringify(rest))
    const event = this.#db.prepare(
      `INSERT INTO events (drive, ordinal, level, event) VALUES (?, ?, ?, ?)
       ON CONFLICT (drive, ordinal) DO UPDATE SET level = excluded.level, event = excluded.event`,
    )
    for (const { ordinal, ...rest } of events) {
      event.run(drive, ordinal, rest.level, JSON.stringify(rest))
    }
    const problem = this.#db.prepare('INSERT INTO problems (drive, t_ms, problem) VALUES (?, ?, ?)')
    for (const { tMs, problem: told } of problems) problem.run(drive, tMs, JSON.stringify(told))
  }
}
