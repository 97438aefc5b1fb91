import type { WhatIf } from '../../../electron/contract/drives.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import { rank } from '../../../electron/core/monitor/level.ts'

/** An alert as both sides of a comparison have it. */
export type ComparedAlert = WhatIf['events'][number]

export type Difference =
  | { readonly kind: 'same'; readonly a: ComparedAlert; readonly b: ComparedAlert }
  /** It rises at another time, or to another level. */
  | {
      readonly kind: 'moved'
      readonly a: ComparedAlert
      readonly b: ComparedAlert
      /** Negative where B tells it earlier. */
      readonly byMs: Millis
      /** Negative where B is milder. */
      readonly byLevels: number
    }
  | { readonly kind: 'gone'; readonly a: ComparedAlert }
  | { readonly kind: 'new'; readonly b: ComparedAlert }

/** Two alerts nearer than this are told at the same time: half a frame at the slowest rate. */
const SAME_MS: Millis = 250

/** Of two alerts one is the other moved when their unsafe stretches overlap. */
function touches(a: ComparedAlert, b: ComparedAlert): boolean {
  return a.sinceMs <= (b.clearedMs ?? Infinity) && b.sinceMs <= (a.clearedMs ?? Infinity)
}

/**
 * Which alerts appear, disappear or move from A to B, in order of time. Each alert is matched at
 * most once, with the one whose unsafe stretch began nearest. Both sides in order of time.
 */
export function compare(
  a: readonly ComparedAlert[],
  b: readonly ComparedAlert[],
): readonly Difference[] {
  const differences: Difference[] = []
  const free = new Set(b)
  let first = 0
  for (const one of a) {
    // What is over before this one began is over before all that follow.
    while ((b[first]?.clearedMs ?? Infinity) < one.sinceMs) first += 1
    let best: ComparedAlert | undefined
    for (let at = first; at < b.length; at += 1) {
      const other = b[at]
      if (other === undefined || other.sinceMs > (one.clearedMs ?? Infinity)) break
      if (!free.has(other) || !touches(one, other)) continue
      if (best === undefined || apart(one, other) < apart(one, best)) best = other
    }
    if (best !== undefined) free.delete(best)
    differences.push(best === undefined ? { kind: 'gone', a: one } : paired(one, best))
  }
  for (const other of free) differences.push({ kind: 'new', b: other })
  return differences.sort((one, other) => timeOf(one) - timeOf(other))
}

export function timeOf(difference: Difference): Millis {
  return difference.kind === 'new' ? difference.b.tMs : difference.a.tMs
}

export function countKinds(
  differences: readonly Difference[],
): Readonly<Record<Difference['kind'], number>> {
  const counts = { same: 0, moved: 0, gone: 0, new: 0 }
  for (const { kind } of differences) counts[kind] += 1
  return counts
}

function apart(a: ComparedAlert, b: ComparedAlert): Millis {
  return Math.abs(a.sinceMs - b.sinceMs)
}

function paired(a: ComparedAlert, b: ComparedAlert): Difference {
  const byMs = b.tMs - a.tMs
  const byLevels = rank(b.level) - rank(a.level)
  return Math.abs(byMs) < SAME_MS && byLevels === 0
    ? { kind: 'same', a, b }
    : { kind: 'moved', a, b, byMs, byLevels }
}
