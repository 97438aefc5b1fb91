import { createStore } from 'zustand/vanilla'
import { describe, expect, it } from 'vitest'
import { throttledStore } from '../../../renderer/shared/stores/throttledStore.ts'
import { createDriveStore } from '../../../renderer/shared/stores/driveStore.ts'
import { History, HISTORY_MS, runs } from '../../../renderer/shared/stores/history.ts'
import { Meter } from '../../../renderer/shared/stores/meter.ts'
import { createSettings, readSettings, themeAt } from '../../../renderer/shared/stores/settings.ts'
import { alert, opened, playback, prediction } from '../../e2e/support/story.mjs'

describe('History', () => {
  it('keeps the last minute and what came just before it', () => {
    const history = new History()
    for (let tMs = 0; tMs <= 200_000; tMs += 100)
      history.push({ tMs, unsafe: 0.1, severity: 'safe' })
    const moments = history.since(200_000 - HISTORY_MS)
    expect([moments[0]?.tMs, moments.at(-1)?.tMs]).toEqual([139_900, 200_000])
  })

  it('forgets marks with their minute', () => {
    const history = new History()
    history.push({ tMs: 1000, unsafe: 1, severity: 'warning' })
    history.mark({ tMs: 1000, level: 'warning' })
    history.push({ tMs: 61_001, unsafe: 0, severity: 'safe' })
    expect(history.marks).toEqual([])
  })

  it('begins again when the clock of the source runs back', () => {
    const history = new History()
    history.push({ tMs: 5000, unsafe: 0, severity: 'safe' })
    history.push({ tMs: 0, unsafe: 0, severity: 'safe' })
    expect(history.size).toBe(1)
  })

  it('joins neighbours of one severity', () => {
    const tones = ['safe', 'safe', 'unsure', 'safe'] as const
    expect(runs(tones.map((severity, i) => ({ tMs: i, unsafe: 0, severity })))).toEqual([
      { fromMs: 0, toMs: 2, severity: 'safe' },
      { fromMs: 2, toMs: 3, severity: 'unsure' },
      { fromMs: 3, toMs: undefined, severity: 'safe' },
    ])
  })
})

describe('Meter', () => {
  it('reads rate and latency of the last seconds', () => {
    const meter = new Meter()
    for (let i = 0; i < 100; i += 1) meter.prediction(i * 50, 20 + (i % 10))
    const { framesPerSecond, p50Ms, p95Ms } = meter.read(4950)
    expect([framesPerSecond, p50Ms, p95Ms]).toEqual([20, 24, 29])
  })

  it('says nothing of what it does not know', () => {
    expect(new Meter().read(0)).toEqual({
      framesPerSecond: undefined,
      p50Ms: undefined,
      p95Ms: undefined,
    })
  })
})

describe('the drive store', () => {
  it('lets the ribbon move on while nobody is watching, and stand when the drive has ended', () => {
    let nowMs = 0
    const drive = createDriveStore(() => nowMs)
    drive.event({ type: 'link', link: 'open' })
    drive.event(opened())
    drive.event(prediction({ tMs: 1000, top: 'c0', share: 0.9 }))
    nowMs = 100
    expect(drive.clockMs()).toBe(1100)
    nowMs = 5000
    expect(drive.clockMs()).toBe(1250)
    drive.event({ type: 'state', tMs: 5000, state: 'blind', reason: 'no-frames' })
    nowMs = 9000
    expect(drive.clockMs()).toBe(9000)
    drive.event({ type: 'ended', reason: 'stopped', dropped: 0, peakMemoryMb: 0 })
    expect(drive.clockMs()).toBe(5000)
  })

  it('stands while a recording is paused, and moves at its speed when it plays', () => {
    let nowMs = 0
    const drive = createDriveStore(() => nowMs)
    drive.event({ type: 'link', link: 'open' })
    drive.event(opened(false))
    drive.event(playback({ rate: 2 }))
    drive.event(prediction({ tMs: 1000, top: 'c0', share: 0.9 }))
    nowMs = 100
    expect(drive.clockMs()).toBe(1200)
    drive.event(playback({ playing: false }))
    nowMs = 5000
    expect(drive.clockMs()).toBe(1000)
  })

  it('remembers alerts and forgets them with the drive', () => {
    const drive = createDriveStore(() => 0)
    drive.event(opened())
    drive.event(alert('warning', 'c1', 1000, 0))
    expect(drive.history.marks).toEqual([{ tMs: 1000, level: 'warning' }])
    drive.event({ type: 'drive', label: 'p002' })
    expect(drive.history.marks).toEqual([])
    drive.event(alert('warning', 'c1', 1000, 0))
    drive.event({ type: 'jump', tMs: 5000 })
    expect(drive.history.marks).toEqual([])
  })
})

describe('calm', () => {
  it('follows at most so many times a second, and always ends at the newest', () => {
    const source = createStore<{ n: number }>(() => ({ n: 0 }))
    let frame: ((nowMs: number) => void) | undefined
    const shown = throttledStore(source, 10, (draw) => (frame = draw))
    const seen: number[] = []
    shown.subscribe(({ n }) => seen.push(n))
    for (let n = 1; n <= 60; n += 1) {
      source.setState({ n })
      const draw = frame
      frame = undefined
      draw?.(n * 16.67)
    }
    for (let n = 61; frame !== undefined; n += 1) {
      const draw = frame
      frame = undefined
      draw(n * 16.67)
    }
    expect(seen.length).toBeLessThanOrEqual(11)
    expect(seen.length).toBeGreaterThan(8)
    expect(seen.at(-1)).toBe(60)
  })
})

const shelf = (kept?: string) => ({ getItem: () => kept ?? null, setItem: () => undefined })

describe('settings', () => {
  it('speak the language of the browser until somebody chooses', () => {
    expect(readSettings(shelf(), '', ['zh-CN', 'en']).language).toBe('zh')
    expect(readSettings(shelf(), '', ['de', 'zh']).language).toBe('en')
    expect(readSettings(shelf('{"language":"en"}'), '', ['zh-CN']).language).toBe('en')
  })

  it('let the address decide, but not to nonsense', () => {
    const asked = '?lang=zh&theme=night&view=driver'
    expect(readSettings(shelf('{"theme":"day"}'), asked, [])).toMatchObject({
      language: 'zh',
      theme: 'night',
      view: 'driver',
    })
    expect(readSettings(shelf(), '?theme=pink', []).theme).toBe('auto')
  })

  it('of version 0.1, and its links, call the monitor view drive', () => {
    expect(readSettings(shelf('{"view":"drive"}'), '', []).view).toBe('monitor')
    expect(readSettings(shelf('{"view":"driver"}'), '?view=drive', []).view).toBe('monitor')
  })

  it.each(['', 'null', '[', '{"volume":7,"language":"xx"}'])('survive %j on the shelf', (kept) => {
    expect(readSettings(shelf(kept), '', [])).toEqual({
      language: 'en',
      theme: 'auto',
      view: 'monitor',
      volume: 0.7,
      speech: false,
    })
  })

  it('keep what was chosen', () => {
    const kept: string[] = []
    const store = createSettings(readSettings(shelf(), '', []), {
      getItem: () => null,
      setItem: (_, value) => kept.push(value),
    })
    store.setState({ volume: 0 })
    expect(readSettings(shelf(kept[0]), '', []).volume).toBe(0)
  })

  it('know night from day', () => {
    expect([6, 7, 18, 19].map((hour) => themeAt('auto', hour))).toEqual([
      'night',
      'day',
      'day',
      'night',
    ])
    expect(themeAt('night', 12)).toBe('night')
  })
})
