import type { Millis } from '../frame.ts'

/** A stretch of unsafe time on the clock of watched time. */
export interface Interval {
  readonly fromMs: Millis
  readonly toMs: Millis
}

/** Adds a stretch that ends now; what is older than the window falls out. */
export function addInterval(
  intervals: readonly Interval[],
  added: Interval,
  windowMs: Millis,
): readonly Interval[] {
  const kept = intervals.filter(({ toMs }) => toMs > added.toMs - windowMs)
  const last = kept.at(-1)
  if (last === undefined || added.fromMs > last.toMs) return [...kept, added]
  return [...kept.slice(0, -1), { fromMs: last.fromMs, toMs: Math.max(last.toMs, added.toMs) }]
}

/** Unsafe time within the window that ends at `nowMs`. */
export function usedWithin(
  intervals: readonly Interval[],
  nowMs: Millis,
  windowMs: Millis,
): Millis {
  const startMs = nowMs - windowMs
  const within = ({ fromMs, toMs }: Interval): number =>
    Math.max(0, toMs - Math.max(fromMs, startMs))
  return intervals.reduce((sum, interval) => sum + within(interval), 0)
}
