import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../shared/appContext.ts'
import type { DriveStore } from '../shared/stores/driveStore.ts'
import { HISTORY_MS, runs, type HistorySample } from '../shared/stores/history.ts'
import { cleared, colors } from '../shared/components/palette.ts'
import { fillSeverity, markAlert } from '../shared/components/strokes.ts'

/** Fifteen pictures a second glide; more would only warm the computer. */
const EVERY_MS = 64

/** The last 60 s coloured by state, P(unsafe) as a curve, and alerts marked. */
export function Ribbon(): ReactElement {
  const { t } = useTranslation()
  const { drive } = useApp()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let lastMs = 0
    let handle = requestAnimationFrame(function tick(nowMs) {
      handle = requestAnimationFrame(tick)
      if (nowMs - lastMs < EVERY_MS || canvas.current === null) return
      lastMs = nowMs
      paint(canvas.current, drive)
    })
    return () => {
      cancelAnimationFrame(handle)
    }
  }, [drive])
  return (
    <section className="ribbon" aria-label={t('ribbon.label')}>
      <span>{t('ribbon.past')}</span>
      <canvas ref={canvas} role="img" aria-label={t('ribbon.label')} />
      <span>{t('ribbon.now')}</span>
    </section>
  )
}

function paint(canvas: HTMLCanvasElement, drive: DriveStore): void {
  const { clientWidth: width, clientHeight: height } = canvas
  const context = cleared(canvas)
  if (context === undefined) return
  const color = colors(canvas)
  context.fillStyle = color('panel2')
  context.fillRect(0, 0, width, height)
  const toMs = drive.clockMs()
  const x = (tMs: number): number => width * (1 - (toMs - tMs) / HISTORY_MS)
  const moments = drive.history.since(toMs - HISTORY_MS)
  fillStates(context, moments, x, width, height, color)
  strokeUnsafe(context, moments, x, height, color('text'))
  for (const { tMs, level } of drive.history.marks) {
    const at = x(tMs)
    markAlert(context, at, height, level, color)
  }
}

function fillStates(
  context: CanvasRenderingContext2D,
  moments: readonly HistorySample[],
  x: (tMs: number) => number,
  width: number,
  height: number,
  color: (name: string) => string,
): void {
  for (const { fromMs, toMs, severity } of runs(moments)) {
    const from = Math.round(x(fromMs))
    const to = toMs === undefined ? width : Math.round(x(toMs))
    fillSeverity(context, severity, from, to, height, color)
  }
}

function strokeUnsafe(
  context: CanvasRenderingContext2D,
  moments: readonly HistorySample[],
  x: (tMs: number) => number,
  height: number,
  color: string,
): void {
  context.beginPath()
  let pen = false
  for (const { tMs, unsafe, severity } of moments) {
    const judged = severity !== 'blind' && severity !== 'idle'
    const y = 2 + (1 - unsafe) * (height - 4)
    if (judged && pen) context.lineTo(x(tMs), y)
    else if (judged) context.moveTo(x(tMs), y)
    pen = judged
  }
  context.globalAlpha = 0.75
  context.strokeStyle = color
  context.lineWidth = 1.5
  context.lineJoin = 'round'
  context.stroke()
  context.globalAlpha = 1
}
