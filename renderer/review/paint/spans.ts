import type { StateSpan } from '../../../electron/contract/drives.ts'
import type { Level } from '../../../electron/core/monitor/level.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import { fillSeverity, markAlert } from '../../shared/components/strokes.ts'
import { spansWithin, severityOfSpan, xOf } from '../stores/spans.ts'
import type { Window } from '../stores/window.ts'

type Color = (name: string) => string

/** Worse ones are painted over milder ones, so that a second of alarm shows in twelve hours. */
const RISING = ['safe', 'unsure', 'blind', 'caution', 'warning', 'critical'] as const

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
  for (const severity of RISING) {
    for (const span of visible) {
      if (severityOfSpan(span) !== severity) continue
      const from = Math.round(x(Math.max(span.fromMs, window.fromMs)))
      const to = Math.round(x(Math.min(span.toMs, window.toMs)))
      fillSeverity(context, severity, from, Math.max(to, from + 1), height, color)
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
