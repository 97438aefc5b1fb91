import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MonitorEvent } from '../../../../electron/core/monitor/events.ts'
import type { ViewStats } from '../../../../electron/core/frame.ts'
import { CLASSES } from '../../../../electron/core/labels.ts'
import { rank } from '../../../../electron/core/monitor/level.ts'
import { initialMonitor, step } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorInput } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorState } from '../../../../electron/core/monitor/monitorState.ts'
import type { Preset } from '../../../../electron/core/monitor/preset.ts'
import { PRESETS } from '../../../../electron/core/monitor/presets/all.ts'
import { status } from '../../../../electron/core/monitor/status.ts'
import { CLEAR, COVERED, DARK, FROZEN, GLARE, Story, UNIFORM, predict, sure } from './story.ts'

fc.configureGlobal({ numRuns: 60 })
const preset = fc.constantFrom(...PRESETS)
const unsafeClass = fc.constantFrom(...CLASSES.slice(1))
const view = fc.oneof(
  { weight: 8, arbitrary: fc.constant(CLEAR) },
  { weight: 1, arbitrary: fc.constantFrom(COVERED, DARK, GLARE, FROZEN) },
  {
    weight: 1,
    arbitrary: fc.record<ViewStats>({
      meanLuma: fc.double({ min: 0, max: 255, noNaN: true }),
      stdLuma: fc.double({ min: 0, max: 127.5, noNaN: true }),
      saturated: fc.double({ min: 0, max: 1, noNaN: true }),
      changeFromLast: fc.option(fc.double({ min: 0, max: 255, noNaN: true }), { nil: undefined }),
    }),
  },
)

/** Any distribution over the ten classes, from certain to uniform. */
const vector = fc.oneof(
  fc
    .tuple(fc.constantFrom(...CLASSES), fc.double({ min: 0.1, max: 1, noNaN: true }))
    .map(([id, share]) => sure(id, share)),
  fc.constant([...UNIFORM]),
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 })
    .map((weights) => {
      const sum = weights.reduce((a, b) => a + b, 1e-9)
      return weights.map((weight) => (weight + 1e-10) / sum)
    }),
)
const prediction = fc
  .array(vector, { minLength: 1, maxLength: 4 })
  .map((folds) => predict(...folds))
const speedKmh = fc.option(fc.double({ min: 0, max: 200, noNaN: true }), { nil: undefined })

/** A stretch of like frames, a gap, ticks, a clock jump or an acknowledgement. */
type Chapter =
  | {
      readonly kind: 'frames'
      readonly inputs: readonly Omit<FrameInput, 'tMs'>[]
      readonly dtMs: number
    }
  | { readonly kind: 'jump'; readonly byMs: number }
  | { readonly kind: 'gap' }
  | { readonly kind: 'acknowledge' }

type FrameInput = Extract<MonitorInput, { kind: 'frame' }>
const frame = fc.record({
  kind: fc.constant('frame' as const),
  prediction: fc.oneof(
    { weight: 9, arbitrary: prediction },
    { weight: 1, arbitrary: fc.constant(undefined) },
  ),
  view,
  speedKmh,
})
const chapter: fc.Arbitrary<Chapter> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('frames' as const),
      inputs: fc
        .tuple(frame, fc.integer({ min: 1, max: 40 }))
        .map(([each, count]) => Array.from({ length: count }, () => each)),
      dtMs: fc.constantFrom(1000 / 30, 100, 200, 500, 700),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('frames' as const),
      inputs: fc.array(frame, { maxLength: 30 }),
      dtMs: fc.integer({ min: 0, max: 800 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('jump' as const),
      byMs: fc.integer({ min: -20_000, max: 20_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'gap' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'acknowledge' as const }) },
)

/** Writes the chapters down as inputs with times. */
function inputsOf(chapters: readonly Chapter[], forwardOnly = false): MonitorInput[] {
  let tMs = 0
  return chapters.flatMap((each): MonitorInput[] => {
    switch (each.kind) {
      case 'frames':
        return each.inputs.map((input) => {
          tMs += each.dtMs
          return { ...input, tMs }
        })
      case 'jump':
        tMs += forwardOnly ? Math.abs(each.byMs) : each.byMs
        return []
      case 'gap':
      case 'acknowledge':
        return [{ kind: each.kind, tMs }]
    }
  })
}

const drive = fc.array(chapter, { minLength: 1, maxLength: 12 })

interface Ending {
  readonly state: MonitorState
  readonly events: readonly MonitorEvent[]
}

function play(by: Preset, inputs: readonly MonitorInput[], hand = same): Ending {
  const events: MonitorEvent[] = []
  let state = initialMonitor(by)
  for (const input of inputs) {
    const next = step(by, hand(state), input)
    state = next.state
    events.push(...next.events)
  }
  return { state, events }
}

function same(state: MonitorState): MonitorState {
  return state
}

function throughJson(state: MonitorState): MonitorState {
  return JSON.parse(JSON.stringify(state)) as MonitorState
}

describe('whatever happens', () => {
  it('the same inputs give the same events, from any snapshot on', () => {
    fc.assert(
      fc.property(preset, drive, fc.infiniteStream(fc.boolean()), (by, chapters, restarts) => {
        const inputs = inputsOf(chapters)
        const hand = (state: MonitorState): MonitorState =>
          restarts.next().value ? throughJson(state) : state
        const straight = play(by, inputs)
        const resumed = play(by, inputs, hand)
        expect(resumed.events).toEqual(straight.events)
        expect(throughJson(resumed.state)).toEqual(throughJson(straight.state))
      }),
    )
  })

  it('clock ticks while no frames come change nothing', () => {
    fc.assert(
      fc.property(preset, drive, (by, chapters) => {
        const inputs = inputsOf(chapters, true).filter((input) => input.kind !== 'gap')
        const start = inputs.findIndex((input) => input.kind === 'frame')
        const ticked = inputs.flatMap((input, i): MonitorInput[] => {
          const before = inputs[i - 1]?.tMs ?? input.tMs
          const tick = { kind: 'gap', tMs: (before + input.tMs) / 2 } as const
          return i > start && input.kind === 'frame' ? [tick, input] : [input]
        })
        expect(play(by, ticked).events).toEqual(play(by, inputs).events)
      }),
    )
  })

  it('events come in order of time while the clock runs forward', () => {
    fc.assert(
      fc.property(preset, drive, (by, chapters) => {
        const { events } = play(by, inputsOf(chapters, true))
        const times = events.map((event) => event.tMs)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
      }),
    )
  })

  it('a level only rises until it is cleared, and numbers stay numbers', () => {
    fc.assert(
      fc.property(preset, drive, (by, chapters) => {
        let level = 0
        let state = initialMonitor(by)
        for (const input of inputsOf(chapters)) {
          const next = step(by, state, input)
          state = next.state
          for (const event of next.events) {
            if (event.kind === 'alert') {
              expect(rank(event.level)).toBeGreaterThanOrEqual(level)
              level = rank(event.level)
            }
            if (event.kind === 'cleared') level = 0
          }
          const shown = status(by, state)
          expect(rank(shown.level)).toBe(level)
          expect(shown.dwellMs).toBeGreaterThanOrEqual(0)
          expect(JSON.stringify(state)).not.toMatch(/null/)
        }
      }),
    )
  })

  it('while nobody is watching no alert is raised or cleared', () => {
    fc.assert(
      fc.property(preset, drive, (by, chapters) => {
        let state = initialMonitor(by)
        for (const input of inputsOf(chapters)) {
          const next = step(by, state, input)
          state = next.state
          if (state.driver !== 'blind' && state.driver !== 'unsure') continue
          const acts = next.events.filter(({ kind }) => kind === 'alert' || kind === 'cleared')
          expect(acts).toEqual([])
        }
      }),
    )
  })
})

describe('alerts', () => {
  it('never rise while P(unsafe) stays under the off threshold', () => {
    const calm = (by: Preset): fc.Arbitrary<number[]> =>
      fc
        .tuple(unsafeClass, fc.double({ min: 0, max: by.filter.unsafe.off, noNaN: true }))
        .map(([id, unsafe]) =>
          CLASSES.map((c) => (c === 'c0' ? 1 - unsafe : c === id ? unsafe : 0)),
        )
    const drives = preset.chain((by) =>
      fc.tuple(
        fc.constant(by),
        fc.array(calm(by), { minLength: 50, maxLength: 400 }),
        fc.integer({ min: 1, max: 700 }),
      ),
    )
    fc.assert(
      fc.property(drives, ([by, vectors, dtMs]) => {
        const inputs = vectors.map((each, i): MonitorInput => {
          return { kind: 'frame', tMs: i * dtMs, prediction: predict(each), view: CLEAR }
        })
        const { events } = play(by, inputs)
        expect(events.filter(({ kind }) => kind === 'alert')).toEqual([])
      }),
    )
  })

  it.each([2, 10, 30])('come at their time within one frame at %i frames a second', (fps) => {
    const stretch = fc.record({
      by: preset,
      calmFrames: fc.integer({ min: 0, max: 20 * fps }),
      id: unsafeClass,
      share: fc.double({ min: 0.75, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(stretch, ({ by, calmFrames, id, share }) => {
        const story = new Story(by, { fps, speedKmh: 100 }).safe(calmFrames / fps)
        const onsetMs = story.tMs
        story.shows(12, predict(sure(id, share)))
        const told = story.events.filter((event) => event.kind === 'alert')
        expect(told.length).toBeGreaterThan(0)
        for (const alert of told) {
          const dueMs = onsetMs + alert.explanation.threshold.value
          expect(alert.tMs - dueMs).toBeGreaterThan(-0.01)
          expect(alert.tMs - dueMs).toBeLessThan(1000 / fps + 0.01)
        }
      }),
    )
  })

  it('come at the same times at 2, 10 and 30 frames a second, within one frame', () => {
    const stretch = fc.record({
      by: preset,
      id: unsafeClass,
      seconds: fc.integer({ min: 2, max: 40 }),
    })
    fc.assert(
      fc.property(stretch, ({ by, id, seconds }) => {
        const at = (fps: number): (readonly [string, number])[] =>
          new Story(by, { fps, speedKmh: 100 })
            .safe(5)
            .does(id, seconds + 0.5)
            .events.flatMap((event) => (event.kind === 'alert' ? [[event.level, event.tMs]] : []))
        const slow = at(2)
        for (const fast of [at(10), at(30)]) {
          expect(slow.map(([level]) => level)).toEqual(fast.map(([level]) => level))
          fast.forEach(([, tMs], i) => {
            expect(Math.abs(tMs - (slow[i]?.[1] ?? 0))).toBeLessThanOrEqual(500.01)
          })
        }
      }),
      { numRuns: 30 },
    )
  })
})
