import { z } from 'zod'
import { CLASSES } from '../core/labels.ts'

/**
 * Predictions of a drive in columns, as `GET /api/drives/ID/predictions` sends them: twelve hours
 * at 15 a second are 650,000 rows, which JSON would make ten times as large.
 *
 * Bytes: length of the header (uint32, big-endian), header (JSON, padded with spaces so that the
 * columns begin at a multiple of 8), then little-endian columns of `rows` values each: `tMs`
 * float64, `toMs` float64, ten probabilities float32 (class after class), unsafe float32,
 * disagreement float32, entropy float32, state uint8 (index in `STATES`).
 */
const headerSchema = z.object({
  rows: z.int().min(0),
  /** `frames`: every row is a frame and `toMs` equals `tMs`; `buckets`: means over a stretch. */
  kind: z.enum(['frames', 'buckets']),
})

/** In the order of the `state` column. */
export const STATES = ['safe', 'unsafe', 'unsure', 'blind'] as const

export interface PredictionTable {
  readonly kind: 'frames' | 'buckets'
  readonly tMs: Float64Array
  readonly toMs: Float64Array
  /** One column per class. */
  readonly probabilities: readonly Float32Array[]
  /** Smoothed P(unsafe). */
  readonly unsafe: Float32Array
  readonly disagreement: Float32Array
  readonly entropy: Float32Array
  /** Index in `STATES`; of a bucket, the worst of it. */
  readonly state: Uint8Array
}

const LENGTH_BYTES = 4
const ALIGNMENT = 8

export function packPredictions(table: PredictionTable): Uint8Array {
  const rows = table.tMs.length
  const head = new TextEncoder().encode(paddedHeader({ rows, kind: table.kind }))
  const columns = [
    table.tMs,
    table.toMs,
    ...table.probabilities,
    table.unsafe,
    table.disagreement,
    table.entropy,
    table.state,
  ]
  const size = columns.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const bytes = new Uint8Array(LENGTH_BYTES + head.length + size)
  new DataView(bytes.buffer).setUint32(0, head.length)
  bytes.set(head, LENGTH_BYTES)
  let at = LENGTH_BYTES + head.length
  for (const { buffer, byteOffset, byteLength } of columns) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return bytes
}

/** @throws ZodError, SyntaxError or RangeError for anything but packed predictions */
export function unpackPredictions(buffer: ArrayBuffer): PredictionTable {
  const length = new DataView(buffer).getUint32(0)
  const head = new Uint8Array(buffer, LENGTH_BYTES, length)
  const { rows, kind } = headerSchema.parse(JSON.parse(new TextDecoder().decode(head)))
  let at = LENGTH_BYTES + length
  const floats = (): Float32Array => {
    const column = new Float32Array(buffer, at, rows)
    at += column.byteLength
    return column
  }
  const doubles = (): Float64Array => {
    const column = new Float64Array(buffer, at, rows)
    at += column.byteLength
    return column
  }
  const tMs = doubles()
  const toMs = doubles()
  const probabilities = CLASSES.map(floats)
  const unsafe = floats()
  const disagreement = floats()
  const entropy = floats()
  return {
    kind,
    tMs,
    toMs,
    probabilities,
    unsafe,
    disagreement,
    entropy,
    state: new Uint8Array(buffer, at, rows),
  }
}

function paddedHeader(header: z.infer<typeof headerSchema>): string {
  const text = JSON.stringify(header)
  const over = (LENGTH_BYTES + text.length) % ALIGNMENT
  return text + ' '.repeat(over === 0 ? 0 : ALIGNMENT - over)
}
