import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { shownAddress } from '../contract/address.ts'
import type { ArchiveMethods, Resumption } from '../contract/archive.ts'
import { heatMapSchema, type HeatMap, type Review } from '../contract/drives.ts'
import type { Handlers } from '../contract/rpc.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Problem } from '../core/ports.ts'
import { makePrivate } from './privacy.ts'
import { openDatabase, whileThereIsSpace, type Database } from './database.ts'
import { Owners } from './owners.ts'
import { PictureStore } from './pictures.ts'
import { readPredictions } from './predictions.ts'
import { DriveReader } from './reader.ts'
import { Retention, type Limits } from './retention.ts'
import { whatIf } from './whatIf.ts'
import { DriveWriter } from './writer.ts'

/** How often limits are looked at while drives are recorded. */
const RETAIN_EVERY_MS = 60_000

export interface ArchiveOptions {
  /** Made when it is not there. */
  readonly directory: string
  /** Wall clock. */
  readonly now: () => number
}

/** Everything recorded by one installation, in one folder. */
export class Archive implements Disposable {
  readonly #db: Database
  readonly #now: () => number
  readonly #owners: Owners
  readonly #pictures: PictureStore
  readonly #retention: Retention
  readonly #directory: string
  /** Where pictures are that no drive of the archive has; told once. */
  #aside: string | undefined
  #limits: Limits = {}
  #retainedAt = -Infinity
  readonly handlers: Handlers<ArchiveMethods>

  /** @throws RoadwardError `archive-newer`, `archive-damaged`, `disk-full` */
  constructor({ directory, now }: ArchiveOptions) {
    this.#directory = directory
    this.#now = now
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    makePrivate(directory)
    this.#db = whileThereIsSpace(directory, () => openDatabase(join(directory, 'archive.sqlite')))
    this.#owners = whileThereIsSpace(directory, () => new Owners(directory))
    this.#pictures = new PictureStore(directory)
    this.#retention = new Retention(this.#db, directory, this.#pictures)
    hideSecrets(this.#db)
    this.#settle()
    this.#aside = this.#retention.sweep()
    this.handlers = this.#makeHandlers()
  }

  [Symbol.dispose](): void {
    this.#pictures[Symbol.dispose]()
    this.#owners[Symbol.dispose]()
    this.#db.close()
  }

  #makeHandlers(): Handlers<ArchiveMethods> {
    const db = this.#db
    const reader = new DriveReader(db)
    const writer = new DriveWriter(db, this.#owners.id)
    const writing = <T>(work: () => T): T => whileThereIsSpace(this.#directory, work)
    return {
      begin: (header) => {
        this.#retain()
        return { drive: writing(() => writer.begin(header)) }
      },
      append: (batch) => {
        writing(() => {
          writer.append(batch)
        })
        if (this.#now() - this.#retainedAt >= RETAIN_EVERY_MS) this.#retain()
      },
      finish: ({ drive, status }) => {
        writing(() => {
          writer.finish(drive, status)
        })
        this.#pictures.end(drive)
      },
      keepPictures: ({ drive, pictures, last }) => {
        writing(() => {
          const insert = db.prepare('INSERT OR REPLACE INTO clips VALUES (?, ?, ?, ?, ?)')
          for (const { file, fromMs, toMs, bytes } of this.#pictures.keep(drive, pictures, last)) {
            insert.run(drive, file, fromMs, toMs, bytes)
          }
        })
      },
      findAnalysis: ({ key }): Resumption | undefined => {
        this.#settle()
        return reader.findAnalysis(key)
      },
      list: (query) => {
        this.#settle()
        return reader.list(query)
      },
      get: ({ drive }) => reader.get(drive),
      driveOf: ({ event }) => ({ drive: reader.driveOf(event) }),
      predictions: (query) => readPredictions(db, query),
      picture: ({ drive, tMs }) => this.#pictures.find(drive, tMs),
      pictureTimes: ({ drive, fromMs, toMs }) => this.#pictures.times(drive, fromMs, toMs),
      source: ({ drive }) => {
        const row = reader.row(drive)
        return {
          uri: row.uri,
          kind: row.kind,
          driver: row.driver,
          pictures: row.pictures,
          options: row.options,
          ensemble: { id: row.ensemble_id, version: row.ensemble_version },
          foldHashes: row.fold_hashes,
        }
      },
      moved: ({ drive, uri }) => {
        reader.row(drive)
        db.prepare('UPDATE drives SET uri = ? WHERE id = ?').run(uri, drive)
      },
      setLabels: ({ drive, labels }) => {
        reader.row(drive)
        db.prepare('UPDATE drives SET driver = ?, vehicle = ?, note = ? WHERE id = ?').run(
          labels.driver,
          labels.vehicle,
          labels.note,
          drive,
        )
      },
      review: ({ event, state, note }): Review => {
        const changedAt = this.#now()
        const { changes } = db
          .prepare('UPDATE events SET review = ?, review_note = ?, reviewed_at = ? WHERE id = ?')
          .run(state, note, changedAt, event)
        if (changes === 0) {
          throw new RoadwardError('not-found', `There is no event ${event} here.`, 'Load it again.')
        }
        return { state, note, changedAt }
      },
      whatIf: ({ drive, preset }) => {
        reader.row(drive)
        return whatIf(db, drive, preset)
      },
      remove: ({ drive }) => {
        const { status } = reader.row(drive)
        if (status === 'recording') {
          throw new RoadwardError(
            'drive-recording',
            'This drive is being recorded.',
            'Stop it first.',
          )
        }
        this.#retention.remove(drive, 'removed by hand', this.#now())
      },
      storage: () => this.#retention.storage(),
      retain: (limits) => {
        this.#limits = limits
        const problem = this.#retain() ?? asideProblem(this.#aside)
        this.#aside = undefined
        return { problem }
      },
      heatMap: ({ drive, tMs, class: id }): HeatMap | undefined => {
        const map = db
          .prepare('SELECT map FROM heat_maps WHERE drive = ? AND t_ms = ? AND class = ?')
          .pluck()
          .get(drive, tMs, id) as string | undefined
        return map === undefined ? undefined : heatMapSchema.parse(JSON.parse(map))
      },
      keepHeatMap: ({ drive, map }) => {
        writing(() =>
          db
            .prepare('INSERT OR REPLACE INTO heat_maps VALUES (?, ?, ?, ?)')
            .run(drive, map.tMs, map.class, JSON.stringify(map)),
        )
      },
    }
  }

  /** Drives whose process died are not being recorded any more. */
  #settle(): void {
    const owners = this.#db
      .prepare("SELECT DISTINCT owner FROM drives WHERE status = 'recording'")
      .pluck()
      .all() as (string | null)[]
    for (const owner of owners) {
      if (owner !== null && this.#owners.lives(owner)) continue
      this.#db
        .prepare(
          "UPDATE drives SET status = 'interrupted', owner = NULL WHERE status = 'recording' AND owner IS ?",
        )
        .run(owner)
    }
  }

  #retain(): Problem | undefined {
    this.#retainedAt = this.#now()
    return this.#retention.apply(this.#limits, this.#now())
  }
}

/** Up to version 0.1 passwords in the path and the query of an address were stored. */
function hideSecrets(db: Database): void {
  const drives = db
    .prepare<[], { id: number; uri: string; name: string }>(
      "SELECT id, uri, name FROM drives WHERE uri LIKE '%://%' OR name LIKE '%://%'",
    )
    .all()
  const update = db.prepare('UPDATE drives SET uri = ?, name = ? WHERE id = ?')
  for (const { id, uri, name } of drives) {
    const [shownUri, shownName] = [shownAddress(uri), shownAddress(name)]
    if (shownUri !== uri || shownName !== name) update.run(shownUri, shownName, id)
  }
}

function asideProblem(folder: string | undefined): Problem | undefined {
  if (folder === undefined) return undefined
  return {
    severity: 'warning',
    code: 'clips-aside',
    message: `There were pictures of drives that this archive does not know; they are kept in ${folder}.`,
    tip: 'Put the old archive back beside them, or delete that folder.',
  }
}
