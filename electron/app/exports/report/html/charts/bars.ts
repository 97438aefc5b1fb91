import { html, type Markup } from '../markup.ts'
import { px, roundStep, ticks } from './scale.ts'

const WIDTH = 340
const LABEL = 124
const VALUE = 40
const ROW = 22
const BAR = 12

export interface Bar {
  readonly label: string
  readonly value: number
  /** As written beside the bar. */
  readonly text: string
}

/** Lying bars, half a page wide, on a common scale from 0. */
export function barChart(bars: readonly Bar[], heading: string, axis: string): Markup {
  const highest = Math.max(...bars.map(({ value }) => value), 1e-9)
  const step = roundStep(highest, 4)
  const end = Math.ceil(highest / step - 1e-9) * step
  const x = (value: number): number => LABEL + (value / end) * (WIDTH - LABEL - VALUE)
  const bottom = bars.length * ROW + 4
  return html`<svg
    class="chart"
    viewBox="0 0 ${WIDTH} ${bottom + 32}"
    role="img"
    aria-label="${heading}"
  >
    ${ticks(step, end).map(
      (value) =>
        html`<line class="grid" x1="${px(x(value))}" x2="${px(x(value))}" y1="0" y2="${bottom}" />
          <text class="tick" x="${px(x(value))}" y="${bottom + 13}" text-anchor="middle">
            ${px(value)}
          </text>`,
    )}
    ${bars.map(({ label, value, text }, i) => {
      const y = i * ROW + (ROW - BAR) / 2
      return html`<text class="label" x="${LABEL - 8}" y="${y + 10}" text-anchor="end"
          >${label}</text
        >
        <rect class="bar" x="${LABEL}" y="${y}" width="${px(x(value) - LABEL)}" height="${BAR}" />
        <text class="value" x="${px(x(value) + 5)}" y="${y + 10}">${text}</text>`
    })}
    <line class="axis" x1="${LABEL}" x2="${LABEL}" y1="0" y2="${bottom}" />
    <text class="tick" x="${(LABEL + WIDTH - VALUE) / 2}" y="${bottom + 27}" text-anchor="middle">
      ${axis}
    </text>
  </svg>`
}
