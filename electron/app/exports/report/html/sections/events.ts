import { moment, NOTHING, seconds } from '../../format.ts'
import { activityOf } from '../../activity.ts'
import { reactionMs } from '../../reaction.ts'
import { eventsOf, picturedEvents, type ReportedEvent } from '../../report.ts'
import type { Words } from '../../words/words.ts'
import { html, type Markup } from '../markup.ts'
import type { PageContext } from './context.ts'

/** Every alert, why it rose and what was made of it. */
export function eventSection({ report, words }: PageContext): Markup | undefined {
  const all = eventsOf(report)
  if (all.length === 0) return undefined
  const several = report.scope.kind === 'period'
  const { events } = words
  return html`<section>
    <h2>${events.heading}</h2>
    <table>
      <thead>
        <tr>
          <th class="n">${events.number}</th>
          ${several ? html`<th>${events.drive}</th>` : undefined}
          <th class="n">${events.at}</th>
          <th>${events.level}</th>
          <th>${events.activity}</th>
          <th>${events.why}</th>
          <th class="n">${events.lasted}</th>
          <th class="n">${events.reaction}</th>
          <th>${events.review}</th>
        </tr>
      </thead>
      <tbody>
        ${all.map((each, i) => eventRow(each, i, several, words))}
      </tbody>
    </table>
  </section>`
}

function eventRow(
  { event, drive }: ReportedEvent,
  i: number,
  several: boolean,
  words: Words,
): Markup {
  const { tMs, clearedMs, level, review } = event
  return html`<tr>
    <td class="n">${i + 1}</td>
    ${several ? html`<td>${drive.summary.source.name}</td>` : undefined}
    <td class="n">${moment(tMs)}</td>
    <td><span class="level ${level}">${words.level[level]}</span></td>
    <td>${words.class[activityOf(event)]}</td>
    <td>${reasonOf(event, words)}</td>
    <td class="n">
      ${clearedMs === undefined ? words.events.toEnd : seconds(clearedMs - tMs, words)}
    </td>
    <td class="n">${seconds(reactionMs(event, drive.preset.clearMs), words)}</td>
    <td>
      <span class="state-word">${words.review[review.state]}</span>
      ${review.note === '' ? undefined : html`<p>${words.events.note}: ${review.note}</p>`}
    </td>
  </tr>`
}

/** Of the step at which the highest level was reached: the rule and its threshold. */
function reasonOf({ steps, level }: ReportedEvent['event'], words: Words): string {
  const step = steps.find((each) => each.level === level) ?? steps[0]
  if (step === undefined) return NOTHING
  const { rule, threshold } = step.explanation
  return words.events.rule(words.rules[rule] ?? rule, (threshold.value / 1000).toFixed(1))
}

/** The frame at which each alert rose, as far as people may be seen. */
export function pictureSection({
  report,
  words,
  faces,
  pictures,
}: PageContext): Markup | undefined {
  const { events } = words
  const shown = picturedEvents(report)
  const all = report.drives.reduce((sum, { drive }) => sum + drive.events.length, 0)
  if (all === 0) return undefined
  if (faces === 'omit') return html`<p class="legend">${events.omitted}</p>`
  return html`<section>
    <h2>${events.pictures}</h2>
    ${faces === 'blur' ? html`<p class="caption">${events.blurred}</p>` : undefined}
    ${
      shown.length < all
        ? html`<p class="caption">${events.worst(shown.length, all)}</p>`
        : undefined
    }
    <div class="pictures">
      ${shown.map(({ event, number }) => {
        const jpeg = pictures.get(event.id)
        const name = `${words.level[event.level]}, ${words.class[activityOf(event)]}`
        return html`<figure>
          ${
            jpeg === undefined
              ? html`<div class="none">${events.missing}</div>`
              : html`<img src="${dataUri(jpeg)}" alt="${name}" />`
          }
          <figcaption>
            ${number}. ${moment(event.tMs)}
            <span class="level ${event.level}">${words.level[event.level]}</span>
            <span>${words.class[activityOf(event)]}</span>
          </figcaption>
        </figure>`
      })}
    </div>
  </section>`
}

function dataUri(jpeg: Uint8Array): string {
  return `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`
}
