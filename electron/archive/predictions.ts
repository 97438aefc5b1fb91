import { CLASSES } from '../core/labels.ts'
import type { Millis } from '../core/frame.ts'
import { packPredictions, type PredictionTable } from '../contract/predictionTable.ts'
import { PackedRows } from './driveLog/chunk.ts'
import type { Database } from './database.ts'
import { MEANS, MeansTally, type Means } from './means.ts'

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
      if (rows.isFrame(row) && tMs >= range.fromMs && tMs <= range.toMs) builder.addRow(rows, row)
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
  if (widthMs >= COARSE_MS) addMeans(db, drive, range, bucketAt)
  else addFrames(db, drive, range, bucketAt)
  const builder = new TableBuilder('buckets')
  const inOrder = [...buckets].sort(([a], [b]) => a - b)
  for (const [, bucket] of inOrder) builder.add(bucket.fromMs, bucket.toMs, bucket.tally.means())
  return builder.table()
}

type BucketAt = (tMs: Millis) => Bucket

function addMeans(db: Database, drive: number, range: Range, bucketAt: BucketAt): void {
  const statement = db
    .prepare(
      `SELECT from_ms, to_ms, frames, means FROM chunk_means
       WHERE drive = ? AND to_ms >= ? AND from_ms <= ? ORDER BY chunk`,
    )
    .raw()
  for (const row of statement.iterate(drive, range.fromMs, range.toMs)) {
    const [fromMs, toMs, frames, means] = row as [number, number, number, Buffer]
    const bucket = bucketAt((fromMs + toMs) / 2)
    bucket.note(fromMs, toMs)
    bucket.tally.addPacked(means, frames)
  }
}

function addFrames(db: Database, drive: number, range: Range, bucketAt: BucketAt): void {
  for (const rows of chunksOf(db, drive, range)) {
    for (let row = 0; row < rows.length; row++) {
      const tMs = rows.tMs(row)
      if (!rows.isFrame(row) || tMs < range.fromMs || tMs > range.toMs) continue
      const bucket = bucketAt(tMs)
      bucket.note(tMs, tMs)
      bucket.tally.addRow(rows, row)
    }
  }
}

/** What falls into one stretch of the picture; it says from when to when it had something. */
class Bucket {
  readonly tally = new MeansTally()
  fromMs: Millis = Infinity
  toMs: Millis = -Infinity

  note(fromMs: Millis, toMs: Millis): void {
    this.fromMs = Math.min(this.fromMs, fromMs)
    this.toMs = Math.max(this.toMs, toMs)
  }
}

class TableBuilder {
  readonly #kind: PredictionTable['kind']
  readonly #tMs: number[] = []
  readonly #toMs: number[] = []
  readonly #state: number[] = []
  /** In the order of `Means.values`. */
  readonly #values: readonly number[][] = Array.from({ length: MEANS }, () => [])

  constructor(kind: PredictionTable['kind']) {
    this.#kind = kind
  }

  addRow(rows: PackedRows, row: number): void {
    const tMs = rows.tMs(row)
    this.#tMs.push(tMs)
    this.#toMs.push(tMs)
    this.#state.push(rows.state(row))
    for (let i = 0; i < CLASSES.length; i++) this.#values[i]?.push(rows.probability(row, i))
    this.#values[CLASSES.length]?.push(rows.value(row, 'unsafe'))
    this.#values[CLASSES.length + 1]?.push(rows.value(row, 'disagreement'))
    this.#values[CLASSES.length + 2]?.push(rows.value(row, 'entropy'))
  }

  add(tMs: Millis, toMs: Millis, { state, values }: Means): void {
    this.#tMs.push(tMs)
    this.#toMs.push(toMs)
    this.#state.push(state)
    values.forEach((value, i) => this.#values[i]?.push(value))
  }

  table(): PredictionTable {
    const column = (index: number): Float32Array => new Float32Array(this.#values[index] ?? [])
    return {
      kind: this.#kind,
      tMs: new Float64Array(this.#tMs),
      toMs: new Float64Array(this.#toMs),
      probabilities: CLASSES.map((_, i) => column(i)),
      unsafe: column(CLASSES.length),
      disagreement: column(CLASSES.length + 1),
      entropy: column(CLASSES.length + 2),
      state: new Uint8Array(this.#state),
    }
  }
}
