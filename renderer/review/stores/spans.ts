import type { StateSpan } from '../../../electron/contract/drives.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import type { Severity } from '../../shared/stores/displayState.ts'
import type { Window } from './window.ts'

/** As the live ribbon: unsafe without an alert is as loud as a caution. */
export function severityOfSpan({ state, level }: StateSpan): Severity {
  return state === 'unsafe' ? (level ?? 'caution') : state
}

/** Spans that touch the window; they follow one another without holes. */
export function spansWithin(spans: readonly StateSpan[], window: Window): readonly StateSpan[] {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.toMs ?? 0) <= window.fromMs) low = middle + 1
    else high = middle
  }
  const after = spans.findIndex((span, at) => at >= low && span.fromMs >= window.toMs)
  return spans.slice(low, after < 0 ? undefined : after)
}

/** @param width of the window in CSS pixels */
export function xOf(window: Window, width: number): (tMs: Millis) => number {
  const scale = width / (window.toMs - window.fromMs)
  return (tMs) => (tMs - window.fromMs) * scale
}
