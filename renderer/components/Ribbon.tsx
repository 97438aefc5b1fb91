import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useCockpit } from '../context.ts'
import type { DriveStore } from '../stores/driveStore.ts'
import { HISTORY_MS, runs, type Moment } from '../stores/history.ts'
import type { Tone } from '../stores/look.ts'

/** Fifteen pictures a second glide; more would only warm the computer. */
const EVERY_MS = 64

/** Colour is never alone: states differ in height too. */
const TALL: Readonly<Record<Tone, number>> = {
  safe: 0.34,
  unsure: 0.6,
  caution: 0.6,
  warning: 0.8,
  critical: 1,
  blind: 1,
  idle: 0,
}

/** The last 60 s coloured by state, P(unsafe) as a curve, and alerts marked. */
export function Ribbon(): ReactElement {
  const { t } = useTranslation()
  const { drive } = useCockpit()
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

const palettes = new Map<string, Map<string, string>>()

/** The colours of the theme that is shown, each asked of the style sheets only once. */
function colors(element: HTMLElement): (name: string) => string {
  const theme = document.documentElement.dataset['theme'] ?? ''
  const palette = palettes.get(theme) ?? new Map<string, string>()
  palettes.set(theme, palette)
  return (name) => {
    const known = palette.get(name)
    if (known !== undefined) return known
    const color = getComputedStyle(element).getPropertyValue(`--${name}`)
    palette.set(name, color)
    return color
  }
}

function paint(canvas: HTMLCanvasElement, drive: DriveStore): void {
  const { clientWidth: width, clientHeight: height } = canvas
  const ratio = devicePixelRatio
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio)
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')
  if (context === null) return
  const color = colors(canvas)
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.fillStyle = color('panel2')
  context.fillRect(0, 0, width, height)
  const toMs = drive.clockMs()
  const x = (tMs: number): number => width * (1 - (toMs - tMs) / HISTORY_MS)
  const moments = drive.history.since(toMs - HISTORY_MS)
  fillStates(context, moments, x, width, height, color)
  strokeUnsafe(context, moments, x, height, color('text'))
  for (const { tMs, level } of drive.history.marks) {
    const at = x(tMs)
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
}

function fillStates(
  context: CanvasRenderingContext2D,
  moments: readonly Moment[],
  x: (tMs: number) => number,
  width: number,
  height: number,
  color: (name: string) => string,
): void {
  for (const { fromMs, toMs, tone } of runs(moments)) {
    const from = Math.round(x(fromMs))
    const to = toMs === undefined ? width : Math.round(x(toMs))
    const part = TALL[tone] * height
    context.globalAlpha = tone === 'safe' ? 0.7 : tone === 'blind' ? 0.4 : 1
    context.fillStyle = color(tone)
    context.fillRect(from, height - part, to - from, part)
  }
  context.globalAlpha = 1
}

function strokeUnsafe(
  context: CanvasRenderingContext2D,
  moments: readonly Moment[],
  x: (tMs: number) => number,
  height: number,
  color: string,
): void {
  context.beginPath()
  let pen = false
  for (const { tMs, unsafe, tone } of moments) {
    const judged = tone !== 'blind' && tone !== 'idle'
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
