import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLASSES } from '../../../electron/core/labels.ts'
import { PRESETS } from '../../../electron/core/monitor/presets/all.ts'
import { actionOf, KEYS } from '../../../renderer/app/keys.ts'
import {
  bandOf,
  clock,
  percent,
  seconds,
  sourceName,
  threshold,
} from '../../../renderer/shared/format/numbers.ts'
import { en } from '../../../renderer/app/locales/en.ts'
import { reviewEn } from '../../../renderer/app/locales/review.en.ts'
import { reviewZh } from '../../../renderer/app/locales/review.zh.ts'
import { zh } from '../../../renderer/app/locales/zh.ts'
import { REVIEW_KEYS } from '../../../renderer/review/components/reviewKeys.ts'

type Tree = Readonly<Record<string, unknown>>

/** `['act.c0', 'Eyes on the road']`, ... */
function flat(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flat(value as Tree, `${prefix}${key}.`),
  )
}

const ENGLISH = new Map(flat({ ...en, review: reviewEn }))
const CHINESE = new Map(flat({ ...zh, review: reviewZh }))

/** What a Chinese screen may show in Latin letters: our name, and the names of the languages. */
const LATIN = new Set(['app.title', 'settings.english', 'top.language'])

const RENDERER = new URL('../../../renderer/', import.meta.url).pathname

const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('locales'))
  .map((file) => [file, readFileSync(path.join(RENDERER, file), 'utf8')] as const)

describe('the words', () => {
  it('are the same in both languages, key by key', () => {
    expect([...CHINESE.keys()]).toEqual([...ENGLISH.keys()])
  })

  it('are Chinese on the Chinese screen', () => {
    const foreign = [...CHINESE]
      .filter(([key]) => !LATIN.has(key))
      .map(([key, text]) => [key, text.replace(/\{\{\w+\}\}/g, '')] as const)
      .filter(([, text]) => /[A-Za-z]/.test(text))
    expect(foreign).toEqual([])
  })

  it('leave the same gaps to fill in', () => {
    const gaps = (text = '') => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort()
    for (const [key, text] of ENGLISH) {
      expect([key, gaps(CHINESE.get(key))]).toEqual([key, gaps(text)])
    }
  })

  it('tell the driver what to do in at most five words', () => {
    for (const id of CLASSES) {
      expect(en.act[id].split(' ').length).toBeLessThanOrEqual(5)
      expect(zh.act[id].length).toBeLessThanOrEqual(8)
    }
  })

  it('name every preset that ships', () => {
    for (const { id } of PRESETS) {
      expect([...ENGLISH.keys()]).toEqual(expect.arrayContaining([`preset.${id}`, `basis.${id}`]))
    }
  })

  it('exist for every key that the screen asks for', () => {
    const asked = sources.flatMap(([file, text]) =>
      [...text.matchAll(/\bt\('([\w.-]+)'/g)].map(([, key = '']) => [file, key] as const),
    )
    expect(asked.length).toBeGreaterThan(40)
    const missing = asked.filter(([, key]) => !ENGLISH.has(key) && !ENGLISH.has(`${key}_one`))
    expect(missing).toEqual([])
  })

  it('are not written into components', () => {
    const inMarkup = sources.flatMap(([file, text]) =>
      [...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)*)\s*<\//g)].map(([, word]) => [file, word]),
    )
    expect(inMarkup).toEqual([['shared/components/Header.tsx', 'Roadward']])
  })
})

describe('numbers', () => {
  it('are short and do not jump in width', () => {
    expect([seconds(2149), seconds(-5), seconds(123_900)]).toEqual(['2.1', '0.0', '123'])
    expect([threshold(3000), threshold(1500)]).toEqual(['3', '1.5'])
    expect(percent(0.807)).toBe('81%')
    expect([clock(62_000), clock(3_723_000)]).toEqual(['1:02', '1:02:03'])
  })

  it('call a source by its last part', () => {
    expect(['/data/drive.mp4', 'pictures/', '0', 'rtsp://host/cabin'].map(sourceName)).toEqual([
      'drive.mp4',
      'pictures',
      '0',
      'cabin',
    ])
  })

  it('span the folds, where there are several', () => {
    expect(bandOf([[0.1], [0.4], [0.2]], 0)).toEqual({ low: 0.1, high: 0.4 })
    expect(bandOf([[0.1]], 0)).toBeUndefined()
  })
})

describe('keys', () => {
  const press = { ctrlKey: false, metaKey: false, altKey: false, taken: false }

  it('do what help says', () => {
    expect(actionOf({ ...press, key: ' ' })).toBe('space')
    expect(actionOf({ ...press, key: 'L' })).toBe('language')
    expect(actionOf({ ...press, key: 'x' })).toBeUndefined()
    const told = Object.values(KEYS).filter((action) => ENGLISH.has(`help.${action}`))
    expect(told).toEqual(Object.values(KEYS))
  })

  it('of the review are told too, the five decisions as one', () => {
    const told = Object.values(REVIEW_KEYS).filter((action) => !/^\d$/.test(action))
    for (const action of told) expect([...ENGLISH.keys()]).toContain(`review.help.${action}`)
  })

  it('leave the browser and text fields theirs', () => {
    expect(actionOf({ ...press, key: 's', ctrlKey: true })).toBeUndefined()
    expect(actionOf({ ...press, key: 's', taken: true })).toBeUndefined()
  })
})
