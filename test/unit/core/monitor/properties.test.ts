import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLASSES } from '../../../../electron/core/labels.ts'
import { rank } from '../../../../electron/core/monitor/level.ts'
import { initialMonitor, step } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorInput } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorState } from '../../../../electron/core/monitor/monitorState.ts'
import type { Preset } from '../../../../electron/core/monitor/preset.ts'
import { status } from '../../../../electron/core/monitor/status.ts'
import {
  dissent,
  drive,
  inputsOf,
  play,
  preset,
  throughJson,
  unsafeClass,
} from './arbitraryDrives.ts'
import { CLEAR, Story, predict, sure } from './story.ts'

fc.configureGlobal({ numRuns: 60 })

/** Twice the time constant of the filter. */
const LAG_MS = 500

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

  it('watched time grows at least as fast as unsafe and as attentive time', () => {
    fc.assert(
      fc.property(preset, drive, (by, chapters) => {
        let state = initialMonitor(by)
        for (const input of inputsOf(chapters)) {
          const before = state.timers
          state = step(by, state, input).state
          const { watchedMs, unsafeMs, attentiveMs } = state.timers
          // On entering a state its first frames are made up for, which were watched as the other.
          const lagMs = state.driver === 'unsure' ? 0 : (state.streak?.elapsedMs ?? 0)
          const watched = watchedMs - before.watchedMs + lagMs + 1e-6
          expect(watchedMs).toBeGreaterThanOrEqual(before.watchedMs)
          expect(unsafeMs).toBeLessThanOrEqual(watchedMs + 1e-6)
          expect(unsafeMs - before.unsafeMs).toBeLessThanOrEqual(watched + before.pendingMs)
          expect(attentiveMs - before.attentiveMs).toBeLessThanOrEqual(watched)
        }
      }),
    )
  })

  it('no level is skipped by less than its own time, however the models dissent', () => {
    fc.assert(
      fc.property(preset, fc.array(dissent, { minLength: 1, maxLength: 8 }), (by, stretches) => {
        let state = initialMonitor(by)
        let tMs = 0
        let knownMs = 0
        let sureAgain = 0
        for (const [count, frames] of stretches) {
          for (let i = 0; i < frames; i += 1, tMs += 100) {
            const folds = Array.from({ length: 12 }, (_, n) => sure(n < count ? 'c0' : 'c5'))
            const input = {
              kind: 'frame',
              tMs,
              prediction: predict(...folds),
              view: CLEAR,
            } as const
            const next = step(by, state, input)
            const before = state.driver
            state = next.state
            // Time in which it was known whether the driver looks away.
            if (state.driver !== 'unsure') knownMs += 100
            if (before === 'unsure' && state.driver !== 'unsure') sureAgain += 1
            for (const event of next.events) {
              if (event.kind !== 'alert') continue
              // The lag of the filter is made up for, each time that doubt ends.
              const madeUpMs = sureAgain * LAG_MS
              const { unsafeMs } = event.explanation.timers
              expect(knownMs + madeUpMs).toBeGreaterThanOrEqual(unsafeMs - 1)
            }
          }
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
