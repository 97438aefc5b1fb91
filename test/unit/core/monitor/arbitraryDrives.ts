import fc from 'fast-check'
import type { MonitorEvent } from '../../../../electron/core/monitor/events.ts'
import type { ViewStats } from '../../../../electron/core/frame.ts'
import { CLASSES } from '../../../../electron/core/labels.ts'
import { initialMonitor, step } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorInput } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorState } from '../../../../electron/core/monitor/monitorState.ts'
import type { Preset } from '../../../../electron/core/monitor/preset.ts'
import { PRESETS } from '../../../../electron/core/monitor/presets/all.ts'
import { CLEAR, COVERED, DARK, FROZEN, GLARE, UNIFORM, predict, sure } from './story.ts'

/** Drives that nobody would think of, for property tests. */

export const preset = fc.constantFrom(...PRESETS)
export const unsafeClass = fc.constantFrom(...CLASSES.slice(1))
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
export function inputsOf(chapters: readonly Chapter[], forwardOnly = false): MonitorInput[] {
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

/** So many of twelve models say safe for so many frames: certain, split, and between the edges. */
export const dissent = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 200 }))

export const drive = fc.array(chapter, { minLength: 1, maxLength: 12 })

interface Ending {
  readonly state: MonitorState
  readonly events: readonly MonitorEvent[]
}

export function play(by: Preset, inputs: readonly MonitorInput[], hand = same): Ending {
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

export function throughJson(state: MonitorState): MonitorState {
  return JSON.parse(JSON.stringify(state)) as MonitorState
}
