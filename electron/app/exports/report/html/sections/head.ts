import { wordOf } from '../../../../../contract/words/words.ts'
import type { Drive } from '../../../../../contract/drives.ts'
import { date, dateTime, duration } from '../../format.ts'
import { ratesOf } from '../../figures.ts'
import type { Report } from '../../report.ts'
import type { Words } from '../../words/words.ts'
import { html, type Markup } from '../markup.ts'
import type { PageContext } from './context.ts'

type Fact = readonly [name: string, value: string | Markup, wide?: boolean]

/** Title, what the report is about, and what it was made with. */
export function headSection({ report, words }: PageContext): Markup {
  const facts = factsOf(report, words)
  return html`<header>
    <div class="brand">
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="12" fill="#0a0d11" />
        <circle cx="12" cy="12" r="7.5" fill="none" stroke="#3ddba4" stroke-width="2.6" />
        <circle cx="12" cy="12" r="3" fill="#3ddba4" />
      </svg>
      Roadward ${report.programVersion}
      <span>${words.facts.made} ${dateTime(report.madeAt, words, report.timeZone)}</span>
    </div>
    <h1>${titleOf(report, words)}</h1>
    <p class="kind">${words.title[report.scope.kind]}</p>
    <dl class="facts">
      ${facts.map(
        ([name, value, wide]) =>
          html`<div class="${wide === true ? 'wide' : ''}">
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </header>`
}

/** Of the page and of the tab that shows it. */
export function titleOf({ scope, drives, timeZone }: Report, words: Words): string {
  if (scope.kind === 'drive') return drives[0]?.drive.summary.source.name ?? ''
  const { from, to } = scope.period
  const [first, last] = [date(from, words, timeZone), date(to - 1, words, timeZone)]
  return first === last ? first : `${first} – ${last}`
}

function factsOf(report: Report, words: Words): Fact[] {
  const { drives, scope } = report
  const [only] = drives
  if (scope.kind === 'drive' && only !== undefined) return driveFacts(only.drive, report, words)
  const { facts } = words
  const { watchedMs, blindMs } = ratesOf(report.figures)
  const asked = scope.kind === 'period' ? scope : { driver: undefined, vehicle: undefined }
  const all = drives.map(({ drive }) => drive)
  return [
    [facts.drives, String(drives.length)],
    [facts.lasted, duration(watchedMs + blindMs, words)],
    [facts.driver, asked.driver ?? common(all.map(driverOf), words)],
    [facts.vehicle, asked.vehicle ?? common(all.map(vehicleOf), words)],
    [
      facts.networks,
      common(
        all.map((drive) => networksOf(drive, words)),
        words,
      ),
    ],
    [
      facts.preset,
      common(
        all.map((drive) => presetOf(drive, words)),
        words,
      ),
    ],
  ]
}

function driveFacts(drive: Drive, { timeZone }: Report, words: Words): Fact[] {
  const { summary, sourceHash, provider } = drive
  const { facts } = words
  return [
    [facts.began, dateTime(summary.startedAt, words, timeZone)],
    [facts.lasted, duration(summary.durationMs, words)],
    [facts.driver, driverOf(drive) ?? facts.unknown],
    [facts.vehicle, vehicleOf(drive) ?? facts.unknown],
    [facts.networks, `${networksOf(drive, words)}, ${provider}`],
    [facts.preset, presetOf(drive, words)],
    ...(summary.origin === 'live' ? [[facts.source, facts.live] as const] : []),
    ...(summary.status === 'interrupted' ? [[facts.interrupted, ''] as const] : []),
    ...(sourceHash === undefined
      ? []
      : [[facts.hash, html`<code>${sourceHash}</code>`, true] as const]),
  ]
}

function driverOf({ summary }: Drive): string | undefined {
  return summary.labels.driver
}

function vehicleOf({ summary }: Drive): string | undefined {
  return summary.labels.vehicle
}

function networksOf({ summary: { ensemble }, folds }: Drive, { facts }: Words): string {
  return `${ensemble.id} ${ensemble.version}, ${facts.folds(folds.length)}`
}

function presetOf({ preset }: Drive, words: Words): string {
  const title = wordOf(words.preset, preset.id) ?? preset.title
  const basis = wordOf(words.basis, preset.id) ?? preset.basis
  return `${title}, ${basis}`
}

/** The value, if all have the same. */
function common(values: readonly (string | undefined)[], { facts }: Words): string {
  const different = new Set(values)
  return different.size > 1 ? facts.several : ([...different][0] ?? facts.unknown)
}
