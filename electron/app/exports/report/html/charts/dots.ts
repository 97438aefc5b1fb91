import { html, type Markup } from '../markup.ts'
import { px, roundStep, ticks } from './scale.ts'

const WIDTH = 340
const PAD = 14
const RADIUS = 4.2
const AXIS = 84

/** One dot a value on a scale from 0, stacked where they meet (closer where there are many), with a line at `middle`. */
export function dotChart(
  values: readonly number[],
  middle: number,
  words: { readonly heading: string; readonly axis: string },
): Markup {
  const highest = Math.max(...values, 1)
  const step = roundStep(highest, 6)
  const end = Math.ceil(highest / step - 1e-9) * step
  const x = (value: number): number => PAD + (value / end) * (WIDTH - 2 * PAD)
  const dots = stacked(values, x)
  const highestStack = Math.max(...dots.map(({ height }) => height), 1)
  const spacing = Math.min(2 * RADIUS + 1, (AXIS - 2 * RADIUS - 4) / highestStack)
  return html`<svg
    class="chart"
    viewBox="0 0 ${WIDTH} ${AXIS + 36}"
    role="img"
    aria-label="${words.heading}"
  >
    ${ticks(step, end).map(
      (value) =>
        html`<line class="grid" x1="${px(x(value))}" x2="${px(x(value))}" y1="0" y2="${AXIS}" />
          <text class="tick" x="${px(x(value))}" y="${AXIS + 14}" text-anchor="middle">
            ${px(value)}
          </text>`,
    )}
    <line class="axis" x1="${PAD}" x2="${WIDTH - PAD}" y1="${AXIS}" y2="${AXIS}" />
    <line class="median" x1="${px(x(middle))}" x2="${px(x(middle))}" y1="0" y2="${AXIS}" />
    ${dots.map(
      ({ at, height }) =>
        html`<circle
          class="dot"
          cx="${px(at)}"
          cy="${px(AXIS - RADIUS - 2 - height * spacing)}"
          r="${RADIUS}"
        />`,
    )}
    <text class="tick" x="${WIDTH / 2}" y="${AXIS + 30}" text-anchor="middle">${words.axis}</text>
  </svg>`
}

/** How many dots lie below each. */
function stacked(values: readonly number[], x: (value: number) => number) {
  const heights = new Map<number, number>()
  return [...values]
    .sort((a, b) => a - b)
    .map((value) => {
      const slot = Math.round(x(value) / (2 * RADIUS))
      const height = heights.get(slot) ?? 0
      heights.set(slot, height + 1)
      return { at: x(value), height }
    })
}
