import { html, type Markup } from '../markup.ts'
import { px, roundStep, ticks, WIDTH } from './scale.ts'

const LEFT = 40
const TOP = 22
const AXIS = 140
/** Labels under the columns that a page has room for. */
const MAX_LABELS = 11

export interface Column {
  readonly label: string
  /** Undefined where there was nothing to measure. */
  readonly value: number | undefined
}

export interface ColumnWords {
  readonly heading: string
  /** Unit of the upright axis. */
  readonly axis: string
  /** Said of columns without a value. */
  readonly none: string
}

/** Standing columns over days or weeks. */
export function columnChart(columns: readonly Column[], words: ColumnWords): Markup {
  const highest = Math.max(...columns.map(({ value = 0 }) => value), 1)
  const step = roundStep(highest, 4)
  const end = Math.ceil(highest / step - 1e-9) * step
  const y = (value: number): number => AXIS - (value / end) * (AXIS - TOP)
  const slot = (WIDTH - LEFT) / Math.max(1, columns.length)
  const width = Math.min(40, slot * 0.66)
  const every = Math.ceil(columns.length / MAX_LABELS)
  return html`<svg
    class="chart"
    viewBox="0 0 ${WIDTH} ${AXIS + 22}"
    role="img"
    aria-label="${words.heading}"
  >
    <text class="tick" x="0" y="9">${words.axis}</text>
    ${ticks(step, end).map(
      (value) =>
        html`<line
            class="grid"
            x1="${LEFT}"
            x2="${WIDTH}"
            y1="${px(y(value))}"
            y2="${px(y(value))}"
          />
          <text class="tick" x="${LEFT - 6}" y="${px(y(value) + 3.5)}" text-anchor="end">
            ${px(value)}
          </text>`,
    )}
    ${columns.map(({ label, value }, i) => {
      const centre = LEFT + (i + 0.5) * slot
      return html`${
        value === undefined
          ? html`<text class="tick" x="${px(centre)}" y="${AXIS - 5}" text-anchor="middle">
              ${columns.length <= MAX_LABELS ? words.none : ''}
            </text>`
          : html`<rect
                class="bar"
                x="${px(centre - width / 2)}"
                y="${px(y(value))}"
                width="${px(width)}"
                height="${px(AXIS - y(value))}"
              />
              <text class="value" x="${px(centre)}" y="${px(y(value) - 4)}" text-anchor="middle">
                ${columns.length <= 2 * MAX_LABELS ? value.toFixed(1) : ''}
              </text>`
      }
      ${
        i % every === 0
          ? html`<text class="tick" x="${px(centre)}" y="${AXIS + 15}" text-anchor="middle">
              ${label}
            </text>`
          : undefined
      }`
    })}
    <line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${AXIS}" y2="${AXIS}" />
  </svg>`
}
