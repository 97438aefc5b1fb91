import { describe, expect, it } from 'vitest'
import { PRESETS } from '../../../../electron/core/monitor/presets/all.ts'
import { reviewActionOf } from '../../../../renderer/review/components/reviewKeys.ts'
import { heatColor } from '../../../../renderer/review/paint/heatColor.ts'
import { spansWithin, severityOfSpan } from '../../../../renderer/review/stores/spans.ts'
import { stackOf } from '../../../../renderer/review/paint/stack.ts'
import { compare, countKinds } from '../../../../renderer/review/stores/comparison.ts'
import {
  evidenceUrl,
  reportUrl,
  usualSeparator,
} from '../../../../renderer/review/stores/exports.ts'
import {
  isFiltered,
  NO_FILTER,
  periodOf,
  queryOf,
} from '../../../../renderer/review/stores/filter.ts'
import { faultOf, knobsOf, turned } from '../../../../renderer/review/stores/thresholds.ts'
import {
  advanced,
  AT_START,
  eventFrom,
  faster,
  frameFrom,
  toggled,
} from '../../../../renderer/review/stores/transport.ts'
import {
  around,
  firstWindow,
  following,
  panned,
  showing,
  zoomed,
} from '../../../../renderer/review/stores/window.ts'
import { event, table } from './fixtures.ts'

describe('the window', () => {
  const hour = 3_600_000

  it('zooms about the pointer, and stays within the drive', () => {
    expect(zoomed({ fromMs: 0, toMs: 120_000 }, 60_000, 0.5, hour)).toEqual({
      fromMs: 30_000,
      toMs: 90_000,
    })
    expect(zoomed({ fromMs: 0, toMs: 120_000 }, 0, 4, hour)).toEqual({ fromMs: 0, toMs: 480_000 })
    expect(zoomed({ fromMs: 0, toMs: 120_000 }, 60_000, 1e9, hour)).toEqual({
      fromMs: 0,
      toMs: hour,
    })
    expect(zoomed({ fromMs: 0, toMs: 120_000 }, 60_000, 0, hour).toMs).toBe(61_000)
  })

  it('shows all of a drive that is shorter', () => {
    expect(firstWindow(30_000)).toEqual({ fromMs: 0, toMs: 30_000 })
    expect(panned({ fromMs: 0, toMs: 30_000 }, 5000, 30_000)).toEqual({ fromMs: 0, toMs: 30_000 })
  })

  it('turns like a page while the drive plays, and jumps to where one goes', () => {
    const window = { fromMs: 0, toMs: 100_000 }
    expect(following(window, 50_000, hour)).toBe(window)
    expect(following(window, 99_000, hour)).toEqual({ fromMs: 89_000, toMs: 189_000 })
    expect(showing(window, 500_000, hour)).toEqual({ fromMs: 450_000, toMs: 550_000 })
    expect(around(100_000, 104_000, hour)).toEqual({ fromMs: 92_000, toMs: 112_000 })
  })
})

describe('the transport', () => {
  it('plays at its rate up to the end of the clip', () => {
    const playing = toggled({ ...AT_START, rate: 4 }, 60_000)
    expect(advanced(playing, 250, 60_000).tMs).toBe(1000)
    expect(advanced({ ...playing, stopMs: 900 }, 250, 60_000)).toMatchObject({
      tMs: 900,
      playing: false,
      stopMs: undefined,
    })
    expect(advanced(AT_START, 250, 60_000)).toBe(AT_START)
  })

  it('starts again at the end', () => {
    expect(toggled({ ...AT_START, tMs: 60_000 }, 60_000)).toMatchObject({ tMs: 0, playing: true })
  })

  it('knows no rate beyond the last', () => {
    expect([faster(8, 1), faster(0.25, -1), faster(1, 1)]).toEqual([8, 0.25, 2])
  })

  it('finds the alert before and after, not the one it stands on', () => {
    const events = [event(1, 1000), event(2, 2000), event(3, 3000)]
    expect(eventFrom(events, 2000, 1)).toBe(2)
    expect(eventFrom(events, 2000, -1)).toBe(0)
    expect(eventFrom(events, 3000, 1)).toBe(-1)
  })

  it('steps from frame to frame, also from between two', () => {
    const times = Float64Array.from([0, 66.7, 133.3])
    expect([frameFrom(times, 66.7, 1), frameFrom(times, 66.7, -1)]).toEqual([133.3, 0])
    expect([frameFrom(times, 100, 1), frameFrom(times, 100, -1)]).toEqual([133.3, 66.7])
    expect([frameFrom(times, 0, -1), frameFrom(times, 133.3, 1)]).toEqual([undefined, undefined])
  })
})

describe('a comparison', () => {
  it('tells what is gone, new, moved and the same', () => {
    const a = [event(1, 10_000), event(2, 40_000), event(3, 90_000)]
    const b = [
      event(1, 10_000),
      event(2, 41_500, { sinceMs: 38_500, level: 'critical' }),
      event(4, 200_000),
    ]
    const differences = compare(a, b)
    expect(countKinds(differences)).toEqual({ same: 1, moved: 1, gone: 1, new: 1 })
    expect(differences.map(({ kind }) => kind)).toEqual(['same', 'moved', 'gone', 'new'])
    expect(differences[1]).toMatchObject({ byMs: 1500, byLevels: 1 })
  })

  it('matches an alert once, with the one that began nearest', () => {
    const long = event(1, 10_000, { clearedMs: 60_000 })
    const parts = [event(2, 10_500, { sinceMs: 8500 }), event(3, 40_000)]
    expect(compare([long], parts).map(({ kind }) => kind)).toEqual(['moved', 'new'])
  })

  it('holds an alert that was never cleared open to the end', () => {
    const open = event(1, 10_000, { clearedMs: undefined })
    expect(compare([open], [event(2, 500_000)]).map(({ kind }) => kind)).toEqual(['moved'])
  })
})

describe('the thresholds of a preset', () => {
  const [roadward] = PRESETS

  it('are its own, each turned without touching the others', () => {
    if (roadward === undefined) throw new Error('no preset')
    const knobs = knobsOf(roadward)
    expect(knobs.filter(({ kind }) => kind === 'time')).toHaveLength(6)
    for (const knob of knobs) {
      const value = knob.kind === 'time' ? knob.valueMs + 100 : knob.value + 0.01
      const next = knobsOf(turned(roadward, knob, value))
      const changed = next.filter((each, at) => JSON.stringify(each) !== JSON.stringify(knobs[at]))
      expect(changed).toHaveLength(1)
    }
    expect(faultOf(roadward)).toBeUndefined()
  })

  it('say when they contradict each other', () => {
    if (roadward === undefined) throw new Error('no preset')
    const [first] = knobsOf(roadward)
    if (first === undefined) throw new Error('no knob')
    expect(faultOf(turned(roadward, first, 20_000))).toContain('rules')
  })
})

describe('the filter', () => {
  it('asks for whole days of this calendar', () => {
    const { from, to } = periodOf({ ...NO_FILTER, from: '2026-11-24', to: '2026-11-24' })
    expect(new Date(Number(from)).getHours()).toBe(0)
    expect(Number(to) - Number(from)).toBe(86_400_000 - 1)
  })

  it('asks for nothing that nobody looks for', () => {
    expect(queryOf(NO_FILTER)).toEqual({})
    expect(isFiltered(NO_FILTER)).toBe(false)
    expect(queryOf({ ...NO_FILTER, text: ' van ', level: 'warning', unreviewed: true })).toEqual({
      text: 'van',
      level: 'warning',
      unreviewed: 'yes',
    })
    expect(periodOf({ ...NO_FILTER, from: 'yesterday' })).toEqual({})
  })
})

describe('what is painted', () => {
  it('stacks the unsafe classes, with a hole where nobody was watching', () => {
    const rows = table(3)
    rows.state[1] = 3
    const [times, whole, ...rest] = stackOf(rows)
    expect(times).toEqual([0, 100, 200])
    expect(whole).toEqual([0, null, 1])
    expect(rest.at(-1)).toEqual([0, null, 1])
  })

  it('takes only the spans that the window touches', () => {
    const spans = Array.from({ length: 10 }, (_, i) => ({
      fromMs: i * 10,
      toMs: i * 10 + 10,
      state: 'safe' as const,
    }))
    const shown = spansWithin(spans, { fromMs: 25, toMs: 45 })
    expect(shown.map(({ fromMs }) => fromMs)).toEqual([20, 30, 40])
    expect(spansWithin(spans, { fromMs: 0, toMs: 1000 })).toHaveLength(10)
  })

  it('shows unsafe time without an alert as a caution', () => {
    expect(severityOfSpan({ fromMs: 0, toMs: 1, state: 'unsafe' })).toBe('caution')
    expect(severityOfSpan({ fromMs: 0, toMs: 1, state: 'unsafe', level: 'critical' })).toBe(
      'critical',
    )
    expect(severityOfSpan({ fromMs: 0, toMs: 1, state: 'blind', level: 'critical' })).toBe('blind')
  })

  it('leaves the picture clear where covering it changes nothing', () => {
    expect(heatColor(-1)[3]).toBe(0)
    expect(heatColor(0)[3]).toBe(0)
    expect(heatColor(1)[3]).toBeGreaterThan(200)
  })
})

describe('files to take along', () => {
  it('say what becomes of faces', () => {
    const subject = { kind: 'drive' as const, drive: 3, event: 7 }
    const choice = { language: 'zh', faces: 'blur', separator: 'semicolon' } as const
    expect(reportUrl(subject, 'pdf', choice)).toBe(
      'api/reports?drive=3&format=pdf&language=zh&faces=blur',
    )
    expect(evidenceUrl(7, 'omit')).toBe('api/events/7/evidence?faces=omit')
    expect(reportUrl({ kind: 'period', period: { from: '1' } }, 'csv', choice)).toBe(
      'api/reports?from=1&format=csv&separator=semicolon',
    )
  })

  it('separate the fields as the spreadsheets of the country do', () => {
    expect(['en-GB', 'zh-CN', 'de-DE', 'ru-RU'].map(usualSeparator)).toEqual([
      'comma',
      'comma',
      'semicolon',
      'semicolon',
    ])
  })
})

describe('keys of an open drive', () => {
  const press = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

  it('leave text fields, sliders and buttons theirs', () => {
    expect(reviewActionOf({ ...press, key: '3' }, 'all')).toBeUndefined()
    expect(reviewActionOf({ ...press, key: 'ArrowLeft' }, 'arrows')).toBeUndefined()
    expect(reviewActionOf({ ...press, key: ' ' }, 'press')).toBeUndefined()
    expect(reviewActionOf({ ...press, key: 'n', ctrlKey: true }, 'none')).toBeUndefined()
  })

  it('do the same in capitals, and less with shift', () => {
    expect(reviewActionOf({ ...press, key: 'N', shiftKey: true }, 'none')).toBe('next-event')
    expect(reviewActionOf({ ...press, key: 'ArrowLeft' }, 'press')).toBe('back')
    expect(reviewActionOf({ ...press, key: 'ArrowLeft', shiftKey: true }, 'none')).toBe(
      'back-little',
    )
  })
})
