import { moment, percent, seconds } from '../../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageContext } from './context.ts'

/** Tasks whose glances the guidelines would not grant; flagged ones only in a period. */
export function auditSection({ report, words }: PageContext): Markup {
  const { audit } = words
  const all = report.drives.flatMap((each) =>
    each.audit.map((episode) => ({ episode, name: each.drive.summary.source.name })),
  )
  const flagged = all.filter(({ episode }) => episode.faults.length > 0)
  const several = report.scope.kind === 'period'
  const shown = several ? flagged : all
  return html`<section>
    <h2>${audit.heading}</h2>
    <p class="caption">${audit.caption}</p>
    <p class="lead">${all.length === 0 ? audit.none : audit.flagged(flagged.length, all.length)}</p>
    ${
      shown.length === 0
        ? undefined
        : html`<table>
            <thead>
              <tr>
                ${several ? html`<th>${words.events.drive}</th>` : undefined}
                <th class="n">${audit.from}</th>
                <th class="n">${audit.to}</th>
                <th class="n">${audit.glances}</th>
                <th class="n">${audit.mean}</th>
                <th class="n">${audit.long}</th>
                <th class="n">${audit.total}</th>
                <th>${audit.flag}</th>
              </tr>
            </thead>
            <tbody>
              ${shown.map(
                ({ episode, name }) =>
                  html`<tr>
                    ${several ? html`<td>${name}</td>` : undefined}
                    <td class="n">${moment(episode.fromMs)}</td>
                    <td class="n">${moment(episode.toMs)}</td>
                    <td class="n">${episode.glances}</td>
                    <td class="n">${seconds(episode.meanMs, words)}</td>
                    <td class="n">${percent(episode.longShare)}</td>
                    <td class="n">${seconds(episode.totalMs, words)}</td>
                    <td>
                      ${
                        episode.faults.length === 0
                          ? audit.clear
                          : episode.faults.map((fault) => audit.faults[fault]).join(', ')
                      }
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`
}
