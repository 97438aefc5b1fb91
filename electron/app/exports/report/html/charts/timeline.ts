import type { DriveEvent, StateSpan } from '../../../../../contract/drives.ts'
import type { PredictionTable } from '../../../../../contract/predictionTable.ts'
import type { Millis } from '../../../../../core/frame.ts'
import { clock } from '../../format.ts'
import type { Words } from '../../words/words.ts'
import { html, type Markup } from '../markup.ts'
import { px, ticks, timeStep, WIDTH } from './scale.ts'

/** Buckets of the curve: more would not be seen on paper. */
export const TIMELINE_BUCKETS = 600

const LEFT = 34
const RIGHT = 8
const CURVE = { top: 10, height: 84 }
const RIBBON = { top: 110, height: 20 }
const AXIS = 148
const HEIGHT = 168
/** Beyond it the numbers would cover each other. */
const MAX_NUMBERS = 40
/** Two columns a unit of width. */
const COLUMNS = (WIDTH - LEFT - RIGHT) * 2
/** What wins where one column holds several states. */
const ORDER = ['safe', 'unsure', 'unsafe', 'blind'] as const

export interface TimelineOptions {
  readonly lastedMs: Millis
  readonly spans: readonly StateSpan[]
  readonly events: readonly DriveEvent[]
  /** Undefined where they cannot be had. */
  readonly table: PredictionTable | undefined
  /** Smoothed P(unsafe) above which the state becomes unsafe. */
  readonly on: number
}

/** The whole drive: curve of P(unsafe), ribbon of states, marks of alerts. */
export function timelineChart(options: TimelineOptions, words: Words): Markup {
  const { lastedMs, spans, events, table, on } = options
  const x = (ms: Millis): number => LEFT + (ms / Math.max(1, lastedMs)) * (WIDTH - LEFT - RIGHT)
  const y = (p: number): number => CURVE.top + (1 - p) * CURVE.height
  const step = timeStep(lastedMs / 1000, 10)
  return html`<svg
    class="chart"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="${words.timeline.heading}"
  >
    ${[0, 0.5, 1].map(
      (p) =>
        html`<line
            class="grid"
            x1="${LEFT}"
            x2="${WIDTH - RIGHT}"
            y1="${px(y(p))}"
            y2="${px(y(p))}"
          />
          <text class="tick" x="${LEFT - 6}" y="${px(y(p) + 3.5)}" text-anchor="end">
            ${p.toFixed(1)}
          </text>`,
    )}
    ${table === undefined ? undefined : curve(table, x, y)}
    <line class="limit" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${px(y(on))}" y2="${px(y(on))}" />
    ${runs(spans, lastedMs).map(
      ({ from, to, state }) =>
        html`<rect
          class="state ${state}"
          x="${px(LEFT + from / 2)}"
          y="${RIBBON.top}"
          width="${px((to - from) / 2)}"
          height="${RIBBON.height}"
        />`,
    )}
    ${events.map((event, i) => mark(event, i, x(event.tMs), events.length <= MAX_NUMBERS))}
    ${ticks(step, lastedMs / 1000).map(
      (s) =>
        html`<line
            class="axis"
            x1="${px(x(s * 1000))}"
            x2="${px(x(s * 1000))}"
            y1="${AXIS}"
            y2="${AXIS + 4}"
          />
          <text class="tick" x="${px(x(s * 1000))}" y="${AXIS + 15}" text-anchor="middle">
            ${clock(s)}
          </text>`,
    )}
    <line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${AXIS}" y2="${AXIS}" />
  </svg>`
}

function curve(
  table: PredictionTable,
  x: (ms: Millis) => number,
  y: (p: number) => number,
): Markup {
  const points = [...table.unsafe].map((p, i) => {
    const ms = ((table.tMs[i] ?? 0) + (table.toMs[i] ?? 0)) / 2
    return `${px(x(ms))},${px(y(p))}`
  })
  if (points.length === 0) return html``
  const [first = '', last = ''] = [points[0], points.at(-1)]
  const base = px(y(0))
  const area = `${first.split(',')[0] ?? ''},${base} ${points.join(' ')} ${last.split(',')[0] ?? ''},${base}`
  return html`<polygon class="area" points="${area}" />
    <polyline class="curve" points="${points.join(' ')}" />`
}

function mark({ level }: DriveEvent, index: number, x: number, numbered: boolean): Markup {
  const top = RIBBON.top + RIBBON.height + 2
  return html`<path class="mark ${level}" d="M${px(x)} ${top}l4.5 8h-9z" /> ${
      numbered
        ? html`<text class="number" x="${px(x)}" y="${RIBBON.top - 4}" text-anchor="middle">
            ${index + 1}
          </text>`
        : undefined
    }`
}

interface Run {
  readonly from: number
  readonly to: number
  readonly state: StateSpan['state']
}

/** Spans as runs of columns: as many as can be told apart, however long the drive was. */
function runs(spans: readonly StateSpan[], lastedMs: Millis): Run[] {
  const columns = new Uint8Array(COLUMNS)
  const column = (ms: Millis): number => (ms / Math.max(1, lastedMs)) * COLUMNS
  for (const { fromMs, toMs, state } of spans) {
    const worst = ORDER.indexOf(state)
    const end = Math.min(COLUMNS, Math.ceil(column(toMs)))
    for (let at = Math.floor(column(fromMs)); at < end; at += 1) {
      columns[at] = Math.max(columns[at] ?? 0, worst)
    }
  }
  const found: Run[] = []
  let from = 0
  for (let at = 1; at <= COLUMNS; at += 1) {
    if (at < COLUMNS && columns[at] === columns[from]) continue
    found.push({ from, to: at, state: ORDER[columns[from] ?? 0] ?? 'safe' })
    from = at
  }
  return found
}
