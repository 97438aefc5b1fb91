import type { StateSpan } from '../../../electron/contract/drives.ts'
import type { Level } from '../../../electron/core/level.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import { fillTone, markAlert } from '../../components/strokes.ts'
import type { Tone } from '../../stores/look.ts'
import type { Window } from '../stores/window.ts'

type Color = (name: string) => string

/** Worse ones are painted over milder ones, so that a second of alarm shows in twelve hours. */
const RISING = ['safe', 'unsure', 'blind', 'caution', 'warning', 'critical'] as const

/** As the live ribbon: unsafe without an alert is as loud as a caution. */
export function toneOfSpan({ state, level }: StateSpan): Tone {
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

export interface Stage {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly window: Window
  readonly color: Color
}

export function paintSpans(stage: Stage, spans: readonly StateSpan[]): void {
  const { context, width, height, window, color } = stage
  const x = xOf(window, width)
  const visible = spansWithin(spans, window)
  for (const tone of RISING) {
    for (const span of visible) {
      if (toneOfSpan(span) !== tone) continue
      const from = Math.round(x(Math.max(span.fromMs, window.fromMs)))
      const to = Math.round(x(Math.min(span.toMs, window.toMs)))
      fillTone(context, tone, from, Math.max(to, from + 1), height, color)
    }
  }
}

interface Marked {
  readonly tMs: Millis
  readonly level: Level
}

/** Flags where alerts rose; mere ticks where they would cover the ribbon. */
export function paintMarks(stage: Stage, marks: readonly Marked[], flags: boolean): void {
  const { context, width, height, window, color } = stage
  const x = xOf(window, width)
  for (const { tMs, level } of marks) {
    if (tMs < window.fromMs || tMs > window.toMs) continue
    if (flags) {
      markAlert(context, x(tMs), height, level, color)
      continue
    }
    context.fillStyle = color(level)
    context.fillRect(Math.round(x(tMs)) - 1, 0, 2, 4)
  }
}
