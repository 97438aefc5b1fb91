import { CLASSES } from '../core/labels.ts'
import type { Millis } from '../core/frame.ts'
import { packPredictions, type PredictionTable } from '../contract/predictionTable.ts'
import { PackedRows } from './chunk.ts'
import type { Database } from './database.ts'
import { MeansTally, unpackMeans, type Means } from './means.ts'

/** Means of chunks, which last at most a second, do for buckets that are at least so long. */
const COARSE_MS: Millis = 2000

export interface PredictionsQuery {
  readonly drive: number
  readonly fromMs?: Millis | undefined
  readonly toMs?: Millis | undefined
  /** 0 for every frame. */
  readonly buckets: number
}

/** Predictions of a stretch of a drive, packed as `contract/predictionTable` says. */
export function readPredictions(db: Database, query: PredictionsQuery): Uint8Array {
  const range = rangeOf(db, query)
  if (range === undefined) return packPredictions(new TableBuilder('frames').table())
  if (query.buckets === 0) return packPredictions(readFrames(db, query.drive, range))
  return packPredictions(readBuckets(db, query.drive, range, query.buckets))
}

interface Range {
  readonly fromMs: Millis
  readonly toMs: Millis
}

function rangeOf(db: Database, { drive, fromMs, toMs }: PredictionsQuery): Range | undefined {
  const all = db
    .prepare('SELECT min(from_ms) AS fromMs, max(to_ms) AS toMs FROM chunk_means WHERE drive = ?')
    .get(drive) as { fromMs: number | null; toMs: number | null }
  if (all.fromMs === null || all.toMs === null) return undefined
  return { fromMs: fromMs ?? all.fromMs, toMs: toMs ?? all.toMs }
}

function* chunksOf(db: Database, drive: number, { fromMs, toMs }: Range): Generator<PackedRows> {
  const statement = db
    .prepare('SELECT rows FROM chunks WHERE drive = ? AND to_ms >= ? AND from_ms <= ? ORDER BY id')
    .pluck()
  for (const bytes of statement.iterate(drive, fromMs, toMs)) yield new PackedRows(bytes as Buffer)
}

function readFrames(db: Database, drive: number, range: Range): PredictionTable {
  const builder = new TableBuilder('frames')
  for (const rows of chunksOf(db, drive, range)) {
    for (let row = 0; row < rows.length; row++) {
      const tMs = rows.tMs(row)
      if (!rows.isFrame(row) || tMs < range.fromMs || tMs > range.toMs) continue
      const tally = new MeansTally()
      tally.addRow(rows, row)
      builder.add(tMs, tMs, tally.means())
    }
  }
  return builder.table()
}

function readBuckets(db: Database, drive: number, range: Range, count: number): PredictionTable {
  const widthMs = Math.max(1, (range.toMs - range.fromMs) / count)
  const buckets = new Map<number, Bucket>()
  const bucketAt = (tMs: Millis): Bucket => {
    const index = Math.min(count - 1, Math.max(0, Math.floor((tMs - range.fromMs) / widthMs)))
    const bucket = buckets.get(index) ?? new Bucket()
    buckets.set(index, bucket)
    return bucket
  }
  if (widthMs >= COARSE_MS) {
    const statement = db.prepare(
      `SELECT from_ms AS fromMs, to_ms AS toMs, frames, means FROM chunk_means
       WHERE drive = ? AND to_ms >= ? AND from_ms <= ? ORDER BY chunk`,
    )
    for (const row of statement.iterate(drive, range.fromMs, range.toMs)) {
      const { fromMs, toMs, frames, means } = row as StoredMeans
      bucketAt((fromMs + toMs) / 2).add(fromMs, toMs, (tally) => {
        tally.addMeans(unpackMeans(means, frames))
      })
    }
  } else {
    for (const rows of chunksOf(db, drive, range)) {
      for (let row = 0; row < rows.length; row++) {
        const tMs = rows.tMs(row)
        if (!rows.isFrame(row) || tMs < range.fromMs || tMs > range.toMs) continue
        bucketAt(tMs).add(tMs, tMs, (tally) => {
          tally.addRow(rows, row)
        })
      }
    }
  }
  const builder = new TableBuilder('buckets')
  const inOrder = [...buckets].sort(([a], [b]) => a - b)
  for (const [, bucket] of inOrder) builder.add(bucket.fromMs, bucket.toMs, bucket.means())
  return builder.table()
}

interface StoredMeans extends Range {
  readonly frames: number
  readonly means: Buffer
}

/** What falls into one stretch of the picture; it says from when to when it had something. */
class Bucket {
  readonly #tally = new MeansTally()
  fromMs: Millis = Infinity
  toMs: Millis = -Infinity

  add(fromMs: Millis, toMs: Millis, into: (tally: MeansTally) => void): void {
    into(this.#tally)
    this.fromMs = Math.min(this.fromMs, fromMs)
    this.toMs = Math.max(this.toMs, toMs)
  }

  means(): Means {
    return this.#tally.means()
  }
}

class TableBuilder {
  readonly #kind: PredictionTable['kind']
  readonly #tMs: number[] = []
  readonly #toMs: number[] = []
  readonly #means: Means[] = []

  constructor(kind: PredictionTable['kind']) {
    this.#kind = kind
  }

  add(tMs: Millis, toMs: Millis, means: Means): void {
    this.#tMs.push(tMs)
    this.#toMs.push(toMs)
    this.#means.push(means)
  }

  table(): PredictionTable {
    const column = (index: number): Float32Array =>
      Float32Array.from(this.#means, ({ values }) => values[index] ?? NaN)
    return {
      kind: this.#kind,
      tMs: Float64Array.from(this.#tMs),
      toMs: Float64Array.from(this.#toMs),
      probabilities: CLASSES.map((_, i) => column(i)),
      unsafe: column(CLASSES.length),
      disagreement: column(CLASSES.length + 1),
      entropy: column(CLASSES.length + 2),
      state: Uint8Array.from(this.#means, ({ state }) => state),
    }
  }
}
