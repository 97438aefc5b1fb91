import { CLASSES } from '../../core/labels.ts'
import type { MonitorInput } from '../../core/monitor/monitor.ts'
import type { DriverState } from '../../core/monitor/driverState.ts'
import { STATES } from '../../contract/predictionTable.ts'

/**
 * Inputs of the policy as bytes: what it was given, bit for bit, and what it made of it. Rows of
 * one size, little-endian; the first four bytes are the format's version, the number of fold
 * slots and the number of rows (uint16).
 */

/** One input with the state and the smoothed P(unsafe) that it led to. */
export interface Row {
  readonly input: MonitorInput
  readonly state: DriverState
  readonly unsafe: number | undefined
}

type FrameInput = Extract<MonitorInput, { kind: 'frame' }>

const VERSION = 1
const HEADER_BYTES = 4
const KINDS = ['frame', 'gap', 'acknowledge'] as const

/** Where the fields of a row are, in bytes. */
const AT = {
  kind: 0,
  state: 1,
  folds: 2,
  seq: 4,
  tMs: 8,
  probabilities: 16,
  disagreement: 56,
  entropy: 60,
  meanLuma: 64,
  stdLuma: 68,
  saturated: 72,
  changeFromLast: 76,
  speedKmh: 80,
  unsafe: 84,
  safeOfFolds: 88,
} as const

const FLOAT = 4
const LITTLE = true

/** At most 65,535 rows. Of the folds only P(c0) is kept, which is all that the policy reads. */
export function packRows(rows: readonly Row[]): Uint8Array {
  const slots = Math.max(0, ...rows.map(({ input }) => foldsOf(input).length))
  const stride = strideOf(slots)
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + rows.length * stride))
  view.setUint8(0, VERSION)
  view.setUint8(1, slots)
  view.setUint16(2, rows.length, LITTLE)
  for (const [index, row] of rows.entries()) writeRow(view, HEADER_BYTES + index * stride, row)
  return new Uint8Array(view.buffer)
}

function writeRow(view: DataView, at: number, { input, state, unsafe }: Row): void {
  view.setUint8(at + AT.kind, KINDS.indexOf(input.kind))
  view.setUint8(at + AT.state, STATES.indexOf(state))
  view.setFloat64(at + AT.tMs, input.tMs, LITTLE)
  view.setFloat32(at + AT.unsafe, unsafe ?? NaN, LITTLE)
  if (input.kind === 'frame') writeFrame(view, at, input)
}

function writeFrame(view: DataView, at: number, { prediction, view: light, speedKmh }: FrameInput) {
  const float = (offset: number, value: number): void => {
    view.setFloat32(at + offset, value, LITTLE)
  }
  const folds = prediction?.folds ?? []
  view.setUint8(at + AT.folds, folds.length)
  view.setUint32(at + AT.seq, prediction?.seq ?? 0, LITTLE)
  CLASSES.forEach((_, i) => {
    float(AT.probabilities + i * FLOAT, prediction?.probabilities[i] ?? NaN)
  })
  float(AT.disagreement, prediction?.disagreement ?? NaN)
  float(AT.entropy, prediction?.entropy ?? NaN)
  float(AT.meanLuma, light.meanLuma)
  float(AT.stdLuma, light.stdLuma)
  float(AT.saturated, light.saturated)
  float(AT.changeFromLast, light.changeFromLast ?? NaN)
  float(AT.speedKmh, speedKmh ?? NaN)
  folds.forEach((fold, i) => {
    float(AT.safeOfFolds + i * FLOAT, fold[0] ?? NaN)
  })
}

/** Rows of a packed chunk, readable without making an object of each. */
export class PackedRows {
  readonly #view: DataView
  readonly #stride: number
  readonly length: number

  /** @throws RangeError for bytes that are no chunk, or one of a later format */
  constructor({ buffer, byteOffset, byteLength }: Uint8Array) {
    this.#view = new DataView(buffer, byteOffset, byteLength)
    const version = this.#view.getUint8(0)
    if (version !== VERSION) throw new RangeError(`chunk format ${version} is not known`)
    this.#stride = strideOf(this.#view.getUint8(1))
    this.length = this.#view.getUint16(2, LITTLE)
  }

  isFrame(row: number): boolean {
    return this.#view.getUint8(this.#at(row) + AT.kind) === 0
  }

  tMs(row: number): number {
    return this.#view.getFloat64(this.#at(row) + AT.tMs, LITTLE)
  }

  /** Index in `STATES`. */
  state(row: number): number {
    return this.#view.getUint8(this.#at(row) + AT.state)
  }

  probability(row: number, index: number): number {
    return this.#float(row, AT.probabilities + index * FLOAT)
  }

  value(row: number, field: 'unsafe' | 'disagreement' | 'entropy'): number {
    return this.#float(row, AT[field])
  }

  /** As the policy was given it. */
  input(row: number): MonitorInput {
    const at = this.#at(row)
    const tMs = this.tMs(row)
    const kind = KINDS[this.#view.getUint8(at + AT.kind)]
    if (kind === undefined) throw new RangeError('unknown kind of row')
    if (kind !== 'frame') return { kind, tMs }
    const folds: [number][] = []
    for (let i = 0; i < this.#view.getUint8(at + AT.folds); i++) {
      folds.push([this.#float(row, AT.safeOfFolds + i * FLOAT)])
    }
    const probabilities: number[] = []
    for (let i = 0; i < CLASSES.length; i++) probabilities.push(this.probability(row, i))
    const top = CLASSES[probabilities.indexOf(Math.max(...probabilities))] ?? 'c0'
    return {
      kind,
      tMs,
      prediction: {
        seq: this.#view.getUint32(at + AT.seq, LITTLE),
        tMs,
        probabilities,
        top,
        folds,
        disagreement: this.value(row, 'disagreement'),
        entropy: this.value(row, 'entropy'),
      },
      view: {
        meanLuma: this.#float(row, AT.meanLuma),
        stdLuma: this.#float(row, AT.stdLuma),
        saturated: this.#float(row, AT.saturated),
        changeFromLast: known(this.#float(row, AT.changeFromLast)),
      },
      speedKmh: known(this.#float(row, AT.speedKmh)),
    }
  }

  #float(row: number, offset: number): number {
    return this.#view.getFloat32(this.#at(row) + offset, LITTLE)
  }

  #at(row: number): number {
    return HEADER_BYTES + row * this.#stride
  }
}

function strideOf(slots: number): number {
  // A multiple of 8 keeps the times aligned.
  return AT.safeOfFolds + slots * FLOAT + (slots % 2) * FLOAT
}

function foldsOf(input: MonitorInput): readonly (readonly number[])[] {
  return input.kind === 'frame' ? (input.prediction?.folds ?? []) : []
}

function known(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value
}
