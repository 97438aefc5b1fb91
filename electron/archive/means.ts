import { CLASSES } from '../core/labels.ts'
import { STATES } from '../contract/predictionTable.ts'
import { PackedRows } from './driveLog/chunk.ts'

/** Mean of each class, then of smoothed P(unsafe), disagreement and entropy. */
export const MEANS = CLASSES.length + 3

/** What a stretch of frames comes to, for looking at a drive from afar. */
export interface Means {
  readonly frames: number
  /** Index in `STATES` of the worst state. */
  readonly state: number
  /** `MEANS` values; NaN where there was nothing. */
  readonly values: Float32Array
}

/** What a person wants to see of a stretch in which it happened at all. */
const WORST_FIRST = ['unsafe', 'blind', 'unsure', 'safe'] as const
const BADNESS = STATES.map((state) => -WORST_FIRST.indexOf(state))

/** In packed means: the state comes first. */
const FLOATS_AT = 4
const FLOAT = 4

/** Adds frames, or means of frames, into means. */
export class MeansTally {
  readonly #sums = new Float64Array(MEANS)
  readonly #counts = new Float64Array(MEANS)
  #frames = 0
  #state = 0

  addRow(rows: PackedRows, row: number): void {
    this.#note(rows.state(row), 1)
    for (let i = 0; i < CLASSES.length; i++) this.#add(i, rows.probability(row, i), 1)
    this.#add(CLASSES.length, rows.value(row, 'unsafe'), 1)
    this.#add(CLASSES.length + 1, rows.value(row, 'disagreement'), 1)
    this.#add(CLASSES.length + 2, rows.value(row, 'entropy'), 1)
  }

  /** @param packed what `packMeans` made of so many frames */
  addPacked(packed: Buffer, frames: number): void {
    this.#note(packed[0] ?? 0, frames)
    for (let i = 0; i < MEANS; i++) {
      this.#add(i, packed.readFloatLE(FLOATS_AT + i * FLOAT), frames)
    }
  }

  get frames(): number {
    return this.#frames
  }

  means(): Means {
    const values = Float32Array.from(this.#sums, (sum, i) => sum / (this.#counts[i] ?? 0))
    return { frames: this.#frames, state: this.#state, values }
  }

  #note(state: number, frames: number): void {
    const worse = (BADNESS[state] ?? 0) > (BADNESS[this.#state] ?? 0)
    if (this.#frames === 0 || worse) this.#state = state
    this.#frames += frames
  }

  #add(index: number, value: number, weight: number): void {
    if (Number.isNaN(value)) return
    this.#sums[index] = (this.#sums[index] ?? 0) + value * weight
    this.#counts[index] = (this.#counts[index] ?? 0) + weight
  }
}

/** @returns the state (one byte, in four), then `MEANS` float32 */
export function packMeans({ state, values }: Means): Uint8Array {
  const bytes = new Uint8Array(FLOATS_AT + values.byteLength)
  bytes[0] = state
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), FLOATS_AT)
  return bytes
}

export function meansOf(chunk: Uint8Array): Means {
  const rows = new PackedRows(chunk)
  const tally = new MeansTally()
  for (let row = 0; row < rows.length; row++) if (rows.isFrame(row)) tally.addRow(rows, row)
  return tally.means()
}
