import type { PredictionTable } from '../../../../contract/predictionTable.ts'
import type { Faces } from '../../../../contract/exports.ts'
import type { Report } from '../report.ts'
import type { Words } from '../words/words.ts'
import { html, Markup } from './markup.ts'
import { alertSection, responseSection } from './sections/alerts.ts'
import { auditSection } from './sections/audit.ts'
import type { PageContext } from './sections/context.ts'
import { eventSection, pictureSection } from './sections/events.ts'
import { headSection, titleOf } from './sections/head.ts'
import { keySection } from './sections/keys.ts'
import { drivesSection, trendSection } from './sections/period.ts'
import { timelineSection, timeSection } from './sections/time.ts'
import { STYLES } from './styles.ts'

/** Nothing in the page may run, and nothing is fetched; the page says so itself, wherever it goes. */
export const REPORT_CSP =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

export interface PageOptions {
  readonly report: Report
  readonly words: Words
  readonly faces: Faces
  /** JPEGs by event. */
  readonly pictures: ReadonlyMap<number, Uint8Array>
  /** Buckets of the one drive of the report. */
  readonly table?: PredictionTable | undefined
}

/** @returns one HTML document that needs nothing else: no script, no font, no picture from outside */
export function reportPage(options: PageOptions): string {
  const { report, words } = options
  const context: PageContext = { ...options, table: options.table }
  return html`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${REPORT_CSP}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title[report.scope.kind]}: ${titleOf(report, words)}</title>
        <style>
          ${new Markup(STYLES)}
        </style>
      </head>
      <body>
        ${headSection(context)} ${keySection(context)} ${timelineSection(context)}
        ${trendSection(context)} ${timeSection(context)} ${alertSection(context)}
        ${responseSection(context)} ${drivesSection(context)} ${eventSection(context)}
        ${pictureSection(context)} ${auditSection(context)}
        <section class="keep">
          <h2>${words.method.heading}</h2>
          <ul>
            ${words.method.points.map((point) => html`<li>${point}</li>`)}
          </ul>
        </section>
        <footer>${words.page.made(report.programVersion)}</footer>
      </body>
    </html>`.text
}
