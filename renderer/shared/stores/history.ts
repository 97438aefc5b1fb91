import type { Millis } from '../../../electron/core/frame.ts'
import type { Level } from '../../../electron/core/monitor/level.ts'
import type { Severity } from './displayState.ts'

/** How far back the ribbon shows. */
export const HISTORY_MS: Millis = 60_000

/** A minute at 60 predictions a second. */
const CAPACITY = 3600

const SEVERITIES: readonly Severity[] = [
  'safe',
  'caution',
  'warning',
  'critical',
  'unsure',
  'blind',
  'idle',
]

export interface HistorySample {
  readonly tMs: Millis
  /** P(unsafe), 0 to 1. */
  readonly unsafe: number
  readonly severity: Severity
}

export interface Mark {
  readonly tMs: Millis
  readonly level: Level
}

/** The last minute in ring buffers: written at full rate, read when a frame is drawn. */
export class History {
  readonly #tMs = new Float64Array(CAPACITY)
  readonly #unsafe = new Float32Array(CAPACITY)
  readonly #severity = new Uint8Array(CAPACITY)
  #next = 0
  #size = 0
  #marks: Mark[] = []

  get size(): number {
    return this.#size
  }

  get marks(): readonly Mark[] {
    return this.#marks
  }

  /** Source time of the newest moment. */
  get lastMs(): Millis | undefined {
    return this.#size === 0 ? undefined : this.#tMs[(this.#next + CAPACITY - 1) % CAPACITY]
  }

  push({ tMs, unsafe, severity }: HistorySample): void {
    // A clock that runs back would fold the ribbon over itself.
    if (tMs < (this.lastMs ?? tMs)) this.clear()
    this.#tMs[this.#next] = tMs
    this.#unsafe[this.#next] = unsafe
    this.#severity[this.#next] = SEVERITIES.indexOf(severity)
    this.#next = (this.#next + 1) % CAPACITY
    this.#size = Math.min(CAPACITY, this.#size + 1)
    this.#marks = this.#marks.filter((mark) => tMs - mark.tMs <= HISTORY_MS)
  }

  mark(mark: Mark): void {
    this.#marks.push(mark)
  }

  clear(): void {
    this.#size = 0
    this.#marks = []
  }

  /** Moments since `fromMs`, oldest first, the one before it included. */
  since(fromMs: Millis): HistorySample[] {
    const moments: HistorySample[] = []
    for (let age = 1; age <= this.#size; age += 1) {
      const at = (this.#next + CAPACITY - age) % CAPACITY
      const tMs = this.#tMs[at] ?? 0
      moments.push({
        tMs,
        unsafe: this.#unsafe[at] ?? 0,
        severity: SEVERITIES[this.#severity[at] ?? 0] ?? 'idle',
      })
      if (tMs < fromMs) break
    }
    return moments.reverse()
  }
}

export interface Run {
  readonly fromMs: Millis
  /** Where the next one begins; undefined: it goes on. */
  readonly toMs: Millis | undefined
  readonly severity: Severity
}

/** Neighbours of one severity as one. */
export function runs(moments: readonly HistorySample[]): Run[] {
  const starts = moments.filter(({ severity }, i) => moments[i - 1]?.severity !== severity)
  return starts.map(({ tMs, severity }, i) => ({ fromMs: tMs, toMs: starts[i + 1]?.tMs, severity }))
}
