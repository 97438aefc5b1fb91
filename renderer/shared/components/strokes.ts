import type { Level } from '../../../electron/core/monitor/level.ts'
import type { Severity } from '../stores/displayState.ts'

type Color = (name: string) => string

/** Colour is never alone: states differ in height too. */
const TALL: Readonly<Record<Severity, number>> = {
  safe: 0.34,
  unsure: 0.6,
  caution: 0.6,
  warning: 0.8,
  critical: 1,
  blind: 1,
  idle: 0,
}

/** One stretch of a ribbon. */
export function fillSeverity(
  context: CanvasRenderingContext2D,
  severity: Severity,
  from: number,
  to: number,
  height: number,
  color: Color,
): void {
  const part = TALL[severity] * height
  context.globalAlpha = severity === 'safe' ? 0.7 : severity === 'blind' ? 0.4 : 1
  context.fillStyle = color(severity)
  context.fillRect(from, height - part, to - from, part)
  context.globalAlpha = 1
}

/** A line with a flag in the colour of its level: an alert rose here. */
export function markAlert(
  context: CanvasRenderingContext2D,
  at: number,
  height: number,
  level: Level,
  color: Color,
): void {
  context.fillStyle = color('text')
  context.fillRect(at - 1, 0, 2, height)
  context.fillStyle = color(level)
  context.beginPath()
  context.moveTo(at - 7, 0)
  context.lineTo(at + 7, 0)
  context.lineTo(at, 11)
  context.fill()
  context.strokeStyle = color('bg')
  context.lineWidth = 1.5
  context.stroke()
}
