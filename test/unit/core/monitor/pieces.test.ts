import { expect, it } from 'vitest'
import { beliefOf, safeOf } from '../../../../electron/core/monitor/belief.ts'
import { RoadwardError } from '../../../../electron/core/errors.ts'
import { PHONE_CLASSES } from '../../../../electron/core/labels.ts'
import { step } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorInput } from '../../../../electron/core/monitor/monitor.ts'
import { progressOf, ruleInputOf } from '../../../../electron/core/monitor/rules.ts'
import type { Rule } from '../../../../electron/core/monitor/preset.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { EURONCAP_2023 } from '../../../../electron/core/monitor/presets/euroncap2023.ts'
import { Story, predict, sure } from './story.ts'

it('measures how far the folds are apart over safe against unsafe', () => {
  expect(beliefOf(predict(sure('c0', 1), sure('c5', 1))).split).toBeCloseTo(0.5, 12)
  expect(beliefOf(predict(sure('c1', 1), sure('c5', 1))).split).toBe(0)
})

it('takes a prediction without folds or probabilities for one that says nothing', () => {
  const empty = { ...predict(sure('c0')), folds: [], probabilities: [] }
  expect(beliefOf(empty).split).toBe(0)
  expect(safeOf(beliefOf(empty))).toBe(0)
})

it('stays unsure when the first frame after a blind time is undecided', () => {
  const story = new Story(ROADWARD).shows(0.3, predict(sure('c0', 0.5)))
  expect(story.states()).toEqual(['unsure @0'])
})

it('dates an alert at a standstill from the look away that raised it', () => {
  // The window fills while driving; at the standstill no unsafe time is counted any more.
  const story = new Story(EURONCAP_2023, { speedKmh: 50 })
  for (let i = 0; i < 10; i++) story.does('c5', 1).safe(1)
  story.safe(0.9).speed(0).does('c5', 1)
  expect(story.levels()).toEqual(['caution @21.1'])
  const alert = story.events.find((event) => event.kind === 'alert')
  expect(alert?.sinceMs).toBeCloseTo(20_900, 6)
})

it('names variants that cannot be', () => {
  const input = { kind: 'coffee' } as unknown as MonitorInput
  expect(() => step(ROADWARD, new Story(ROADWARD).state, input)).toThrow('coffee')
  const seen = ruleInputOf(ROADWARD, new Story(ROADWARD).state)
  expect(() => progressOf({ kind: 'tea' } as unknown as Rule, seen)).toThrow('tea')
})

it('carries a code and a tip in every error a person sees', () => {
  const error = new RoadwardError('source-lost', 'The camera is gone.', 'Plug it in.')
  expect(error).toMatchObject({
    name: 'RoadwardError',
    code: 'source-lost',
    message: 'The camera is gone.',
    tip: 'Plug it in.',
  })
})

it('lists the same phone classes in the default preset as in the labels', () => {
  const rule = ROADWARD.rules.find(({ id }) => id === 'phone-dwell')
  expect(rule).toMatchObject({ classes: [...PHONE_CLASSES] })
})
