import { describe, expect, it } from 'vitest'
import type { Review, WhatIf } from '../../../../electron/contract/drives.ts'
import { PRESETS } from '../../../../electron/core/monitor/presets/all.ts'
import { Analyses } from '../../../../renderer/review/stores/analyses.ts'
import { Heat } from '../../../../renderer/review/stores/heat.ts'
import { Reviews } from '../../../../renderer/review/stores/reviews.ts'
import { WhatIfStore } from '../../../../renderer/review/stores/whatIf.ts'
import { asker, settle } from './asker.ts'
import { drive, event } from './fixtures.ts'

describe('a review', () => {
  const kept: Review = { state: 'needs-review', note: '' }

  it('loses nothing when it cannot be saved, and saves it when asked again', async () => {
    let away = true
    const saved: unknown[] = []
    const reviews = new Reviews({
      save: (id, state, note) =>
        away ? Promise.reject(new TypeError('away')) : Promise.resolve({ state, note, id }),
      onSaved: (id, review) => saved.push([id, review.state, review.note]),
    })
    reviews.write(1, kept, 'looked at the mirror')
    await reviews.decide(1, kept, 'dismissed')
    expect(reviews.drafts.getState()[1]).toMatchObject({
      state: 'dismissed',
      note: 'looked at the mirror',
      saving: false,
      problem: { code: 'shell-away' },
    })
    away = false
    await reviews.save(1)
    expect(saved).toEqual([[1, 'dismissed', 'looked at the mirror']])
    expect(reviews.drafts.getState()).toEqual({})
  })

  it('saves what was typed while it was being saved', async () => {
    const { waiting, ask } = asker<string, Review>()
    const reviews = new Reviews({ save: (_, __, note) => ask(note), onSaved: () => undefined })
    reviews.write(1, kept, 'a')
    void reviews.save(1)
    reviews.write(1, kept, 'ab')
    waiting[0]?.answer({ state: 'needs-review', note: 'a' })
    await settle()
    expect(waiting.map(({ key }) => key)).toEqual(['a', 'ab'])
    waiting[1]?.answer({ state: 'needs-review', note: 'ab' })
    await settle()
    expect(reviews.drafts.getState()).toEqual({})
  })

  it('asks nobody when there is nothing to save', async () => {
    const reviews = new Reviews({
      save: () => Promise.reject(new Error('asked')),
      onSaved: () => undefined,
    })
    await reviews.save(1)
    expect(reviews.drafts.getState()).toEqual({})
  })
})

describe('analyses', () => {
  it('are followed until the last is done, and then the list is fresh', async () => {
    const states = ['running', 'running', 'done'] as const
    let asked = 0
    let fresh = 0
    let next: (() => void) | undefined
    const analyses = new Analyses({
      list: () =>
        Promise.resolve([{ id: 1, uri: 'a.mp4', state: states[asked++] ?? ('done' as const) }]),
      add: () => Promise.resolve([]),
      cancel: () => Promise.resolve(),
      onDone: () => (fresh += 1),
      later: (callback) => (next = callback),
    })
    analyses.follow()
    analyses.follow()
    await settle()
    next?.()
    await settle()
    next?.()
    await settle()
    expect([asked, fresh]).toEqual([3, 1])
  })

  it('tell why one was not taken', async () => {
    const [preset] = PRESETS
    if (preset === undefined) throw new Error('no preset')
    const analyses = new Analyses({
      list: () => Promise.resolve([]),
      add: () => Promise.reject(new Error('a live drive is running')),
      cancel: () => Promise.resolve(),
      onDone: () => undefined,
      later: () => undefined,
    })
    expect(await analyses.add({ uri: 'x', ensembleDirectory: 'y', preset })).toBe(false)
    expect(analyses.store.getState().problem?.message).toBe('a live drive is running')
  })
})

describe('what if', () => {
  it('compares the drive with another preset, and shows only the newest answer', async () => {
    const [preset] = PRESETS
    if (preset === undefined) throw new Error('no preset')
    const { waiting, ask } = asker<unknown, WhatIf>()
    const store = new WhatIfStore(drive([event(1, 10_000)]), {
      whatIf: ask,
      drive: () => Promise.resolve(drive([])),
    })
    const side = (id: string) =>
      ({ kind: 'preset', preset: { ...preset, id }, edited: true }) as const
    store.choose({ b: side('one') })
    store.choose({ b: side('two') })
    await settle()
    waiting[0]?.answer({ preset: 'one', events: [], spans: [] })
    await settle()
    expect(store.store.getState()).toMatchObject({ laneB: undefined, busy: true })
    waiting[1]?.answer({ preset: 'two', events: [event(1, 12_000)], spans: [] })
    await settle()
    expect(store.store.getState().differences).toMatchObject([{ kind: 'moved', byMs: 2000 }])
    store.choose({ a: side('two'), b: { kind: 'recorded' } })
    store.clear()
    expect(store.store.getState()).toMatchObject({ b: undefined, laneB: undefined, busy: false })
  })
})

describe('the heat map', () => {
  it('is never shown over another frame than its own', async () => {
    const { waiting, ask } = asker<number, Parameters<typeof Array.of>[0]>()
    const heat = new Heat((tMs) => ask(tMs) as Promise<never>)
    heat.show(1000, 'c1')
    expect(waiting).toEqual([])
    heat.toggle()
    heat.show(1000, 'c1')
    heat.hide()
    heat.show(2000, 'c1')
    waiting[0]?.answer({ tMs: 1000 })
    await settle()
    expect(heat.store.getState()).toMatchObject({ map: undefined, busy: true })
    waiting[1]?.answer({ tMs: 2000 })
    await settle()
    expect(heat.store.getState()).toMatchObject({ map: { tMs: 2000 }, busy: false })
  })
})
