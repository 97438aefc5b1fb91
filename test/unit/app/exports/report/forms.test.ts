import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { STATES } from '../../../../../electron/contract/predictionTable.ts'
import { CLASSES } from '../../../../../electron/core/labels.ts'
import { PRESETS } from '../../../../../electron/core/monitor/presets/all.ts'
import { reportFileName } from '../../../../../electron/app/exports/report/fileName.ts'
import { html } from '../../../../../electron/app/exports/report/html/markup.ts'
import { reportPage } from '../../../../../electron/app/exports/report/html/page.ts'
import { reportOf, type ReportScope } from '../../../../../electron/app/exports/report/report.ts'
import { csvOf, jsonLinesOf } from '../../../../../electron/app/exports/report/textForms.ts'
import { wordOf } from '../../../../../electron/contract/words/words.ts'
import { en } from '../../../../../electron/app/exports/report/words/en.ts'
import { zh } from '../../../../../electron/app/exports/report/words/zh.ts'
import { driveOf, eventOf, spansOf } from './drives.ts'

const NASTY = `=cmd|'/c calc'!A1`
const MARKUP = '<img src=x onerror=alert(1)>'

function report(scope: ReportScope = { kind: 'drive' }) {
  const drive = driveOf({
    labels: { driver: MARKUP, vehicle: '京A·12345' },
    spans: spansOf(['safe', 5000], ['unsafe', 4000, 'c1'], ['blind', 900, 'dark']),
    events: [eventOf({ review: { state: 'dismissed', note: NASTY } })],
  })
  return reportOf({
    scope,
    drives: [drive],
    before: [],
    madeAt: Date.UTC(2026, 10, 25),
    programVersion: '0.1.0',
    timeZone: 'UTC',
  })
}

const PERIOD: ReportScope = {
  kind: 'period',
  period: { from: Date.UTC(2026, 10, 24), to: Date.UTC(2026, 10, 26) },
  driver: '陈伟/../x',
  vehicle: undefined,
}

/** A picture that never was: its bytes only have to come through. */
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)

describe('the page of a report', () => {
  const page = (words = en, scope?: ReportScope, faces: 'omit' | 'keep' = 'omit') =>
    reportPage({ report: report(scope), words, faces, pictures: new Map([[1, JPEG]]) })

  it('runs nothing and fetches nothing', () => {
    for (const text of [page(), page(zh, PERIOD, 'keep')]) {
      expect(text).not.toMatch(/<script|<link|@import|https?:|\son\w+="/)
      expect(text).toContain('default-src &#39;none&#39;')
    }
  })

  it('shows a label with markup as it was written', () => {
    expect(page()).toContain('&#60;img src=x onerror=alert(1)&#62;')
    expect(page()).not.toContain(MARKUP)
  })

  it('holds pictures only when they were asked for', () => {
    expect(page()).not.toContain('data:image')
    expect(page()).toContain(en.events.omitted)
    expect(page(en, undefined, 'keep')).toContain('data:image/jpeg;base64,/9j/2Q==')
  })

  it('says all of it in Chinese, but for names', () => {
    const text = page(zh, PERIOD).replace(/<style>[\s\S]*<\/style>|<[^>]*>/g, ' ')
    const latin = text.match(/[A-Za-z]{3,}/g) ?? []
    const names = /^(?:Roadward|demo|drive|mp4|img|src|onerror|alert|cmd|calc|openpilot)$/
    expect(latin.filter((word) => !names.test(word))).toEqual([])
  })
})

describe('the words of a report', () => {
  it('know every preset, class, state and reason in Chinese', () => {
    for (const { id } of PRESETS) expect(wordOf(zh.preset, id), id).toBeDefined()
    expect(CLASSES.filter((id) => !zh.class[id])).toEqual([])
    expect(STATES.filter((state) => !zh.time[state])).toEqual([])
    expect(Object.keys(zh.blind)).toEqual(Object.keys(en.blind))
    expect(Object.keys(zh.rules)).toEqual(Object.keys(en.rules))
  })

  it('are Chinese', () => {
    const flat = (value: unknown): string[] =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(flat)
          : []
    const codes = [zh.lang, zh.locale]
    expect(
      flat(zh)
        .filter((text) => !codes.includes(text))
        .filter((text) => !/\p{Script=Han}/u.test(text)),
    ).toEqual([])
  })
})

describe('the lines of a report', () => {
  it('cannot run as a formula', () => {
    const [row] = parse<Record<string, string>>(csvOf(report(), 'events'), {
      bom: true,
      columns: true,
    })
    expect(row).toMatchObject({ level: 'warning', roseMs: '2500', reactionMs: '3500' })
    expect(row?.['note']).toBe(`'${NASTY}`)
  })

  it('have a heading, also without a line', () => {
    const none = { ...report(), drives: [] }
    expect(csvOf(none, 'events')).toContain('event,drive,driveName')
  })

  it('open in a spreadsheet that has commas in its numbers', () => {
    const [row] = parse<Record<string, string>>(csvOf(report(), 'drives', 'semicolon'), {
      bom: true,
      columns: true,
      delimiter: ';',
    })
    // Four of nine seconds.
    expect(row?.['unsafeShare']).toMatch(/^0,44/)
    expect(row).toMatchObject({ watchedMs: '9000', vehicle: '京A·12345' })
    const tabbed = csvOf(report(), 'drives', 'tab')
    expect(tabbed.split('\r\n')[0]?.split('\t')).toContain('unsafeShare')
    expect(tabbed).toMatch(/\t0\.44/)
  })

  it('add up each drive', () => {
    const [row] = parse<Record<string, string>>(csvOf(report(), 'drives'), {
      bom: true,
      columns: true,
    })
    expect(row).toMatchObject({
      watchedMs: '9000',
      unsafeMs: '4000',
      blindMs: '900',
      warnings: '1',
    })
    expect(row).toMatchObject({ vehicle: '京A·12345', flaggedTasks: '1' })
  })

  it('are JSON, one object each', () => {
    const lines = jsonLinesOf(report(PERIOD)).trimEnd().split('\n')
    const objects = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(objects.map(({ type }) => type)).toEqual(['report', 'drive', 'event'])
    expect(objects[0]).toMatchObject({ schema: 'roadward-report/1', rates: { alertCount: 1 } })
  })
})

describe('the name of a report', () => {
  it('says drive and date', () => {
    expect(reportFileName(report(), 'pdf')).toBe('roadward-drive-1-drive-2026-11-24.pdf')
  })

  it('says the period, and holds nothing that leads elsewhere', () => {
    expect(reportFileName(report(PERIOD), 'html')).toBe(
      'roadward-2026-11-24-to-2026-11-25-陈伟_.._x.html',
    )
  })
})

it('escapes what is put into markup, but not markup itself', () => {
  expect(html`<b>${'<"&\''}</b>${[html`<i></i>`, 1, undefined]}`.text).toBe(
    '<b>&#60;&#34;&#38;&#39;</b><i></i>1',
  )
})
