import { CLASSES, type ClassId } from '../../core/labels.ts'
import type { Millis } from '../../core/frame.ts'
import type { Level } from '../../core/monitor/level.ts'
import type { DriverState } from '../../core/monitor/driverState.ts'
import type { StoredSpan } from '../../contract/archive.ts'

/** How the policy stands at one moment. */
export interface StateSample {
  readonly tMs: Millis
  readonly state: DriverState
  readonly reason: string | undefined
  /** Likeliest class after smoothing; of interest while the state is unsafe. */
  readonly top: ClassId | undefined
  readonly level: Level | undefined
}

/** Makes runs of one state of the moments of a drive. Times only ever grow. */
export class SpanTracker {
  #last: StoredSpan | undefined
  #changed = new Map<number, StoredSpan>()

  /** @param last of what was tracked before an interruption */
  constructor(last?: StoredSpan) {
    this.#last = last
  }

  add(moment: StateSample): void {
    const last = this.#last
    // A clock that was set back makes no span that ends before it begins.
    const tMs = Math.max(moment.tMs, last?.toMs ?? -Infinity)
    const next = spanOf(moment, tMs, last)
    if (last !== undefined && isSame(last, next)) {
      this.#put({ ...last, toMs: tMs })
      return
    }
    // Without holes: a span lasts until the next one begins.
    if (last !== undefined) this.#put({ ...last, toMs: tMs })
    this.#put({ ...next, ordinal: (last?.ordinal ?? -1) + 1 })
  }

  /** @returns spans that are new or have changed since the last call */
  take(): StoredSpan[] {
    const changed = [...this.#changed.values()]
    this.#changed = new Map()
    return changed
  }

  #put(span: StoredSpan): void {
    this.#last = span
    this.#changed.set(span.ordinal, span)
  }
}

function spanOf(moment: StateSample, tMs: Millis, last: StoredSpan | undefined): StoredSpan {
  const { state, reason, level } = moment
  return {
    ordinal: 0,
    fromMs: tMs,
    toMs: tMs,
    state,
    reason: state === 'blind' ? reason : undefined,
    class: state === 'unsafe' ? unsafeClass(moment.top, last) : undefined,
    level,
  }
}

/** An unsafe stretch may have c0 as its likeliest class for a moment: it keeps its name. */
function unsafeClass(top: ClassId | undefined, last: StoredSpan | undefined): ClassId | undefined {
  if (top !== undefined && top !== CLASSES[0]) return top
  return last?.state === 'unsafe' ? last.class : undefined
}

function isSame(a: StoredSpan, b: StoredSpan): boolean {
  return a.state === b.state && a.reason === b.reason && a.class === b.class && a.level === b.level
}
