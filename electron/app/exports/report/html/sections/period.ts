import { ratesOf, type Rates } from '../../figures.ts'
import { dateTime, duration, NOTHING, percent, rate, seconds } from '../../format.ts'
import type { Words } from '../../words/words.ts'
import { columnChart } from '../charts/columns.ts'
import { html, type Markup } from '../markup.ts'
import type { PageContext } from './context.ts'

/** Over the days or weeks, and against the period before. */
export function trendSection({ report, words }: PageContext): Markup | undefined {
  if (report.trend === undefined) return undefined
  const { by, steps } = report.trend
  const dayLabel = new Intl.DateTimeFormat(words.locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
  })
  const columns = steps.map(({ day, figures }) => ({
    label: dayLabel.format(Date.parse(day)),
    value: figures.drives === 0 ? undefined : ratesOf(figures).alertsPerHour,
  }))
  const heading = words.trend[by]
  return html`<section class="keep">
      <h2>${words.trend.heading}</h2>
      <p class="caption">${heading}</p>
      ${columnChart(columns, { heading, axis: words.trend.axis, none: words.trend.noDrive })}
    </section>
    ${comparison(ratesOf(report.figures), report.before && ratesOf(report.before), words)}`
}

interface Compared {
  readonly name: string
  readonly of: (rates: Rates) => number | undefined
  readonly text: (value: number | undefined) => string
}

function comparison(now: Rates, before: Rates | undefined, words: Words): Markup {
  const { trend } = words
  if (before === undefined) return html`<p class="caption">${trend.noBefore}</p>`
  const rows: readonly Compared[] = [
    { name: words.key.watched, of: (r) => r.watchedMs, text: (ms) => duration(ms ?? 0, words) },
    { name: words.key.blind, of: (r) => r.blindShare, text: percent },
    { name: words.time.unsure, of: (r) => r.unsureShare, text: percent },
    { name: words.key.unsafe, of: (r) => r.unsafeShare, text: percent },
    { name: words.trend.axis, of: (r) => r.alertsPerHour, text: rate },
    {
      name: `${words.reaction.heading}: ${words.reaction.median}`,
      of: (r) => r.reactionMedianMs,
      text: (ms) => seconds(ms, words),
    },
    { name: words.reviews.falseShare, of: (r) => r.falseAlertShare, text: percent },
  ]
  return html`<table class="keep">
    <thead>
      <tr>
        <th>${trend.figure}</th>
        <th class="n">${trend.before}</th>
        <th class="n">${trend.now}</th>
        <th class="n">${trend.change}</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, of, text }) =>
          html`<tr>
            <td>${name}</td>
            <td class="n">${text(of(before))}</td>
            <td class="n">${text(of(now))}</td>
            <td class="n">${change(of(before), of(now))}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** In percent of the value before. */
function change(before: number | undefined, now: number | undefined): string {
  if (before === undefined || now === undefined || before === 0) return NOTHING
  const more = Math.round((now / before - 1) * 100)
  const sign = more > 0 ? '+' : more < 0 ? '−' : ''
  return `${sign}${Math.abs(more)} %`
}

/** Every drive of a period on a line. */
export function drivesSection({ report, words }: PageContext): Markup | undefined {
  if (report.scope.kind === 'drive') return undefined
  const { drives } = words
  return html`<section>
    <h2>${drives.heading}</h2>
    <table>
      <thead>
        <tr>
          <th>${drives.name}</th>
          <th>${drives.began}</th>
          <th>${words.facts.driver}</th>
          <th>${words.facts.vehicle}</th>
          <th class="n">${drives.watched}</th>
          <th class="n">${drives.blind}</th>
          <th class="n">${drives.unsafe}</th>
          <th class="n">${drives.alerts}</th>
          <th class="n">${drives.unreviewed}</th>
        </tr>
      </thead>
      <tbody>
        ${report.drives.map(({ drive: { summary }, figures }) => {
          const rates = ratesOf(figures)
          return html`<tr>
            <td>${summary.source.name}</td>
            <td>${dateTime(summary.startedAt, words, report.timeZone)}</td>
            <td>${summary.labels.driver ?? NOTHING}</td>
            <td>${summary.labels.vehicle ?? NOTHING}</td>
            <td class="n">${duration(rates.watchedMs, words)}</td>
            <td class="n">${duration(rates.blindMs, words)}</td>
            <td class="n">${percent(rates.unsafeShare)}</td>
            <td class="n">${rates.alertCount}</td>
            <td class="n">${figures.reviews['needs-review']}</td>
          </tr>`
        })}
      </tbody>
    </table>
  </section>`
}
