import process from 'node:process'
import pc from 'picocolors'
import type { EngineEventOf } from '../../contract/events.ts'
import { WORDS } from '../../contract/words/words.ts'
import { CLASSES } from '../../core/labels.ts'
import { clock } from '../../app/commandLine/output.ts'

/** Redraws per second: a terminal gains nothing from more. */
const REDRAW_MS = 100

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** Terminal columns for the bar of the most probable class. */
const BAR_WIDTH = 16

/** A bar of `width` cells, filled to `share` (0 to 1) in eighths of a cell. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8)
  const full = '█'.repeat(Math.floor(eighths / 8))
  return (full + (EIGHTHS[eighths % 8] ?? '')).padEnd(width, ' ')
}

/** One small column a class, c0 first: `▁▁▇▁▁▁▁▁▁▁`. */
export function columns(probabilities: readonly number[]): string {
  return probabilities.map((p) => '▁▂▃▄▅▆▇█'[Math.min(7, Math.floor(p * 8))] ?? '▁').join('')
}

type Prediction = EngineEventOf<'prediction'>

/** The line without colour or cursor movement. */
export function describe(event: Prediction): string {
  const p = event.probabilities[CLASSES.indexOf(event.top)] ?? 0
  const percent = `${Math.round(p * 100)}%`.padStart(4)
  const { driver, level } = event.status
  const loud = level === undefined ? '' : ` ${level.toUpperCase()}`
  return [
    clock(event.tMs).padStart(8),
    `${driver}${loud}`.padEnd(16),
    columns(event.probabilities),
    `${bar(p, BAR_WIDTH)}${percent}`,
    WORDS.en.class[event.top],
  ].join('  ')
}

const PAINT = {
  safe: pc.green,
  unsafe: pc.yellow,
  unsure: pc.blue,
  blind: pc.inverse,
} as const

/** The live line of `watch` on a terminal; other output goes above it. */
export class LiveLine {
  #shownAt = 0
  #visible = false

  show(event: Prediction, nowMs: number): void {
    if (nowMs - this.#shownAt < REDRAW_MS) return
    this.#shownAt = nowMs
    this.#visible = true
    const paint = event.status.level === 'critical' ? pc.red : PAINT[event.status.driver]
    const text = describe(event).slice(0, Math.max(20, process.stdout.columns - 1))
    process.stdout.write(`\r\x1b[2K${paint(text)}`)
  }

  /** Clears the line, so that what is printed next stands alone. */
  clear(): void {
    if (this.#visible) process.stdout.write('\r\x1b[2K')
    this.#visible = false
    this.#shownAt = 0
  }
}
