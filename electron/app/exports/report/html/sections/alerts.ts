import type { ReviewState } from '../../../../../contract/drives.ts'
import { CLASSES } from '../../../../../core/labels.ts'
import { ratesOf } from '../../figures.ts'
import { NOTHING, percent, rate, seconds } from '../../format.ts'
import { dotChart } from '../charts/dots.ts'
import { html, type Markup } from '../markup.ts'
import type { PageContext } from './context.ts'

const LEVELS = ['caution', 'warning', 'critical'] as const
const REVIEWS: readonly ReviewState[] = [
  'needs-review',
  'needs-coaching',
  'coached',
  'recognised',
  'dismissed',
]

/** Alerts by activity and level. */
export function alertSection({ report: { figures }, words }: PageContext): Markup {
  const { alerts, alertCount, watchedMs } = ratesOf(figures)
  const hours = watchedMs / 3_600_000
  const perHour = (count: number): string => rate(hours > 0 ? count / hours : undefined)
  if (alertCount === 0) {
    return html`<section>
      <h2>${words.alerts.heading}</h2>
      <p>${words.alerts.none}</p>
    </section>`
  }
  return html`<section class="keep">
    <h2>${words.alerts.byClass}</h2>
    <table>
      <thead>
        <tr>
          <th>${words.classes.activity}</th>
          ${LEVELS.map((level) => html`<th class="n">${words.level[level]}</th>`)}
          <th class="n">${words.alerts.total}</th>
          <th class="n">${words.alerts.perHour}</th>
        </tr>
      </thead>
      <tbody>
        ${CLASSES.map((id) => {
          const counts = figures.alerts[id]
          if (counts === undefined) return undefined
          const total = LEVELS.reduce((sum, level) => sum + counts[level], 0)
          return html`<tr>
            <td>${words.class[id]}</td>
            ${LEVELS.map((level) => html`<td class="n">${counts[level] || NOTHING}</td>`)}
            <td class="n">${total}</td>
            <td class="n">${perHour(total)}</td>
          </tr>`
        })}
        <tr class="sum">
          <td>${words.alerts.total}</td>
          ${LEVELS.map((level) => html`<td class="n">${alerts[level]}</td>`)}
          <td class="n">${alertCount}</td>
          <td class="n">${perHour(alertCount)}</td>
        </tr>
      </tbody>
    </table>
  </section>`
}

/** How soon attention came back, and what was made of the alerts. */
export function responseSection({ report: { figures }, words }: PageContext): Markup {
  const rates = ratesOf(figures)
  const { reaction, reviews } = words
  const median = rates.reactionMedianMs
  const values = figures.reactionsMs.map((ms) => ms / 1000)
  const row = (name: string, value: string | number): Markup =>
    html`<tr>
      <td>${name}</td>
      <td class="n">${value}</td>
    </tr>`
  return html`<div class="two keep">
    <section>
      <h2>${reaction.heading}</h2>
      <p class="caption">${median === undefined ? reaction.none : reaction.caption}</p>
      ${median === undefined ? undefined : dotChart(values, median / 1000, reaction)}
    </section>
    <section>
      <h2>${reviews.heading}</h2>
      <table>
        <tbody>
          ${REVIEWS.map((state) => row(words.review[state], figures.reviews[state]))}
          ${row(
            `${reviews.falseShare} (${rates.reviewed === 0 ? reviews.falseNone : reviews.falseOf(rates.reviewed)})`,
            percent(rates.falseAlertShare),
          )}
          ${row(reaction.count, figures.reactionsMs.length)}
          ${row(reaction.uncleared, figures.uncleared)}
          ${row(`${reaction.heading}: ${reaction.median}`, seconds(median, words))}
          ${row(`${reaction.heading}: ${reaction.p95}`, seconds(rates.reactionP95Ms, words))}
        </tbody>
      </table>
    </section>
  </div>`
}
