import type { Millis } from '../../../../../core/frame.ts'
import { duration, durationParts, NOTHING, percent, rate } from '../../format.ts'
import { ratesOf } from '../../figures.ts'
import { html, type Markup } from '../markup.ts'
import type { PageContext } from './context.ts'

/** Six figures to begin with. */
export function keySection({ report, words }: PageContext): Markup {
  const { figures } = report
  const rates = ratesOf(figures)
  const { key } = words
  const { watchedMs, blindMs, reactionMedianMs, alertCount } = rates
  const waiting = figures.reviews['needs-review']
  const long = (ms: Millis): Markup =>
    html`${durationParts(ms, words).map(([value, unit]) => html`${value}<small>${unit}</small> `)}`
  const short =
    reactionMedianMs === undefined
      ? NOTHING
      : html`${(reactionMedianMs / 1000).toFixed(1)}<small>${words.units.seconds}</small>`
  const boxes: readonly (readonly [string, string | Markup, string])[] = [
    [key.watched, long(watchedMs), key.watchedOf(duration(watchedMs + blindMs, words))],
    [key.blind, long(blindMs), key.blindOf(percent(rates.blindShare))],
    [key.unsafe, long(figures.unsafeMs), key.unsafeOf(percent(rates.unsafeShare))],
    [key.alerts, String(alertCount), key.perHour(rate(rates.alertsPerHour))],
    [
      key.reaction,
      short,
      figures.reactionsMs.length === 0 ? key.none : key.reactionOf(figures.reactionsMs.length),
    ],
    [key.review, String(waiting), key.reviewOf(alertCount)],
  ]
  return html`<section class="keep">
    <h2>${key.heading}</h2>
    <dl class="keys">
      ${boxes.map(
        ([name, value, more]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
            <p>${more}</p>
          </div>`,
      )}
    </dl>
  </section>`
}
