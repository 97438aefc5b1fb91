import { describe, expect, it } from 'vitest'
import type { DriveList, Review } from '../../../../electron/contract/drives.ts'
import type { PredictionQuery } from '../../../../renderer/review/archive.ts'
import { DriveListStore, PAGE } from '../../../../renderer/review/stores/driveList.ts'
import { Latest } from '../../../../renderer/review/stores/latest.ts'
import { readingAt, tableFor, topOf } from '../../../../renderer/review/stores/reading.ts'
import { Session } from '../../../../renderer/review/stores/session.ts'
import { openSession, reduce } from '../../../../renderer/review/stores/sessionState.ts'
import { asker, settle } from './asker.ts'
import { drive, event, table } from './fixtures.ts'

describe('Latest', () => {
  it('asks one at a time, and of those that wait only the newest', async () => {
    const { waiting, ask } = asker<number, string>()
    const got: unknown[] = []
    const latest = new Latest(ask, (answer) => got.push(answer))
    for (const key of [1, 2, 3, 4]) latest.ask(key)
    expect(waiting.map(({ key }) => key)).toEqual([1])
    waiting[0]?.answer('one')
    await settle()
    expect(waiting.map(({ key }) => key)).toEqual([1, 4])
    waiting[1]?.fail('broken')
    await settle()
    expect(got).toEqual([
      { kind: 'answered', key: 1, value: 'one' },
      { kind: 'failed', key: 4, thrown: 'broken' },
    ])
    expect(latest.busy).toBe(false)
  })

  it('is silent once it is closed', async () => {
    const { waiting, ask } = asker<number, string>()
    const got: unknown[] = []
    const latest = new Latest(ask, (answer) => got.push(answer))
    latest.ask(1)
    latest.close()
    waiting[0]?.answer('late')
    await settle()
    expect(got).toEqual([])
  })
})

describe('the list of drives', () => {
  const page = (offset: number, total: number): DriveList => ({
    total,
    drives: Array.from({ length: Math.min(PAGE, total - offset) }, (_, i) => ({
      ...drive([]).summary,
      id: offset + i,
    })),
  })

  it('fetches the pages that are looked at', async () => {
    const asked: string[] = []
    const list = new DriveListStore(({ offset = '' }) => {
      asked.push(offset)
      return Promise.resolve(page(Number(offset), 1000))
    })
    list.refresh()
    await settle()
    list.want(420, 440)
    await settle()
    expect(asked).toEqual(['0', '400'])
    expect(list.driveAt(430)?.id).toBe(430)
    expect(list.driveAt(250)).toBeUndefined()
  })

  it('drops answers to what nobody looks for any more', async () => {
    const { waiting, ask } = asker<Readonly<Record<string, string>>, DriveList>()
    const list = new DriveListStore(ask)
    list.refresh()
    list.look({ text: 'van' })
    waiting[0]?.answer(page(0, 1000))
    await settle()
    expect(list.store.getState().total).toBeUndefined()
    waiting[1]?.answer(page(0, 3))
    await settle()
    expect(waiting[1]?.key).toMatchObject({ text: 'van' })
    expect(list.store.getState()).toMatchObject({ total: 3, problem: undefined })
  })

  it('says why there is nothing', async () => {
    const list = new DriveListStore(() => Promise.reject(new TypeError('failed to fetch')))
    list.refresh()
    await settle()
    expect(list.store.getState().problem?.code).toBe('shell-away')
  })

  it('keeps the choice within the list', async () => {
    const list = new DriveListStore(() => Promise.resolve(page(0, 3)))
    list.refresh()
    await settle()
    list.select(7)
    expect(list.store.getState().selected).toBe(2)
    list.select(-1)
    expect(list.store.getState().selected).toBe(0)
  })
})

describe('a session', () => {
  const events = [event(1, 60_000), event(2, 300_000), event(3, 400_000)]

  it('goes from alert to alert, and shows each whole', () => {
    let state = reduce(openSession(drive(events)), { type: 'jump', direction: 1 })
    expect([state.event, state.transport.tMs]).toEqual([1, 60_000])
    state = reduce(state, { type: 'jump', direction: 1 })
    expect(state.event).toBe(2)
    expect(state.window.fromMs).toBeLessThan(298_500)
    expect(state.window.toMs).toBeGreaterThan(303_000)
    expect(
      reduce(reduce(state, { type: 'jump', direction: -1 }), { type: 'panel', panel: 'frame' }),
    ).toMatchObject({ event: 1, panel: 'frame' })
  })

  it('finds the next alert that waits, from the start again after the last', () => {
    let state = reduce(openSession(drive(events)), { type: 'event', id: 3 })
    state = reduce(state, { type: 'unreviewed' })
    expect(state.event).toBe(1)
    const review: Review = { state: 'coached', note: '', changedAt: 1 }
    state = reduce(state, { type: 'reviewed', id: 2, review })
    expect(state.drive.summary.unreviewed).toBe(2)
    expect(reduce(state, { type: 'unreviewed' }).event).toBe(3)
  })

  it('plays the clip of an alert and stops at its end', () => {
    const kept = event(1, 60_000, { clip: { fromMs: 55_000, toMs: 64_000 } })
    let state = reduce(openSession(drive([kept])), { type: 'event', id: 1 })
    state = reduce(state, { type: 'clip' })
    expect(state.transport).toMatchObject({ tMs: 55_000, playing: true, stopMs: 64_000 })
    state = reduce(state, { type: 'tick', elapsedMs: 20_000 })
    expect(state.transport).toMatchObject({ tMs: 64_000, playing: false })
  })

  it('asks for the overview once, and for as much of the window as is not known', async () => {
    const asked: PredictionQuery[] = []
    const session = new Session(drive(events, 43_200_000), (query) => {
      asked.push(query)
      return Promise.resolve(table(10))
    })
    await settle()
    session.act({ type: 'pan', byMs: 60_000 })
    await settle()
    expect(asked).toHaveLength(2)
    session.act({ type: 'seek', tMs: 20_000_000 })
    await settle()
    expect(asked).toHaveLength(3)
    for (let times = 0; times < 3; times += 1) session.act({ type: 'zoom', factor: 0.5 })
    await settle()
    expect(asked.at(-1)?.buckets).toBe(0)
    session.close()
  })

  it('steps by frame, and fetches the frames it does not know', async () => {
    const session = new Session(drive(events), ({ fromMs }) =>
      Promise.resolve(table(400, 66, fromMs)),
    )
    await session.step(1)
    await session.step(1)
    expect(session.store.getState().transport.tMs).toBe(132)
    await session.step(-1)
    expect(session.store.getState().transport.tMs).toBe(66)
    session.close()
  })
})

describe('a reading', () => {
  it('is of the finest table that knows the time', () => {
    const state = {
      ...openSession(drive([])),
      overview: { ...table(61, 10_000), kind: 'buckets' as const },
      frames: table(100, 100, 20_000),
    }
    expect(readingAt(state, 25_020)?.tMs).toBe(25_000)
    expect(readingAt(state, 300_500)?.tMs).toBe(300_000)
    expect(topOf(readingAt(state, 500_000))).toBe('c1')
    expect(topOf(undefined)).toBe('c0')
  })

  it('draws a window from the detail only where it knows all of it', () => {
    const overview = table(61, 10_000)
    const detail = table(100, 100, 20_000)
    const state = { ...openSession(drive([])), overview, detail }
    expect(tableFor(state, { fromMs: 21_000, toMs: 29_000 })).toBe(detail)
    expect(tableFor(state, { fromMs: 10_000, toMs: 29_000 })).toBe(overview)
  })
})
