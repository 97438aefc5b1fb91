import { wordOf } from '../../../../../contract/words/words.ts'
import { duration, percent, seconds } from '../../format.ts'
import { ratesOf } from '../../figures.ts'
import { CLASSES } from '../../../../../core/labels.ts'
import { barChart } from '../charts/bars.ts'
import { timelineChart } from '../charts/timeline.ts'
import { html, type Markup } from '../markup.ts'
import type { PageContext } from './context.ts'

/** The one drive of the report, from beginning to end. */
export function timelineSection({ report, words, table }: PageContext): Markup | undefined {
  const [only] = report.drives
  if (report.scope.kind !== 'drive' || only === undefined) return undefined
  const { summary, spans, events, preset } = only.drive
  const options = {
    lastedMs: summary.durationMs,
    on: preset.filter.unsafe.on,
    spans,
    events,
    table,
  }
  return html`<section class="keep">
    <h2>${words.timeline.heading}</h2>
    <p class="caption">${words.timeline.caption}</p>
    ${timelineChart(options, words)}
    <p class="legend">
      ${(['safe', 'unsafe', 'unsure', 'blind'] as const).map(
        (state) => html`<span><i class="swatch ${state}"></i>${words.time[state]}</span>`,
      )}
      <span><i class="dash"></i>${words.timeline.on} ${preset.filter.unsafe.on.toFixed(2)}</span>
      <span>${words.timeline[summary.durationMs < 3_600_000 ? 'minutes' : 'hours']}</span>
    </p>
  </section>`
}

/** How the time was spent: by state, and unsafe by activity. */
export function timeSection({ report, words }: PageContext): Markup {
  const { figures } = report
  const { watchedMs, blindMs } = ratesOf(figures)
  const totalMs = watchedMs + blindMs
  const { time } = words
  const row = (name: Markup, ms: number): Markup =>
    html`<tr>
      <td>${name}</td>
      <td class="n">${duration(ms, words)}</td>
      <td class="n">${percent(totalMs > 0 ? ms / totalMs : undefined)}</td>
    </tr>`
  const state = (id: 'safe' | 'unsafe' | 'unsure' | 'blind'): Markup =>
    html`<i class="swatch ${id}"></i>${time[id]}`
  const reasons = Object.entries(figures.blindMs).sort(([, a], [, b]) => b - a)
  return html`<div class="two keep">
    <section>
      <h2>${time.heading}</h2>
      <table>
        <thead>
          <tr>
            <th>${time.state}</th>
            <th class="n">${time.lasted}</th>
            <th class="n">${time.share}</th>
          </tr>
        </thead>
        <tbody>
          ${row(state('safe'), figures.safeMs)} ${row(state('unsafe'), figures.unsafeMs)}
          ${row(state('unsure'), figures.unsureMs)} ${row(state('blind'), blindMs)}
          ${reasons.map(([reason, ms]) =>
            row(
              html`<span class="sub">${wordOf(words.blind, reason) ?? words.blind.other}</span>`,
              ms,
            ),
          )}
          <tr class="sum">
            <td>${time.total}</td>
            <td class="n">${duration(totalMs, words)}</td>
            <td class="n">${percent(totalMs > 0 ? 1 : undefined)}</td>
          </tr>
        </tbody>
      </table>
    </section>
    <section>${classChart({ figures, words })}</section>
  </div>`
}

function classChart({
  figures,
  words,
}: Pick<PageContext, 'words'> & Pick<PageContext['report'], 'figures'>): Markup {
  const bars = CLASSES.flatMap((id) => {
    const ms = figures.unsafeMsByClass[id]
    return ms === undefined
      ? []
      : [{ label: words.class[id], value: ms / 1000, text: seconds(ms, words) }]
  }).sort((a, b) => b.value - a.value)
  return html`<h2>${words.classes.heading}</h2>
    <p class="caption">${bars.length === 0 ? words.classes.none : words.classes.caption}</p>
    ${bars.length === 0 ? undefined : barChart(bars, words.classes.heading, words.classes.axis)}`
}
