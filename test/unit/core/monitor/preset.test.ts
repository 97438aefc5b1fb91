import { describe, expect, it } from 'vitest'
import { parsePreset, presetSchema } from '../../../../electron/contract/preset.ts'
import { RoadwardError } from '../../../../electron/core/errors.ts'
import { PRESETS } from '../../../../electron/core/monitor/presets/all.ts'
import { FILTER } from '../../../../electron/core/monitor/presets/filter.ts'
import { Story } from './story.ts'

const dwell = {
  kind: 'dwell',
  id: 'away',
  classes: 'unsafe',
  steps: [
    { level: 'caution', afterMs: 1000 },
    { level: 'warning', afterMs: 2000 },
  ],
}
const window = {
  kind: 'cumulative',
  id: 'sum',
  level: 'warning',
  allowedMs: 9000,
  windowMs: 20_000,
}
const mine = {
  id: 'mine',
  title: 'Mine',
  basis: 'timing from our own trials',
  rules: [dwell, window],
  clearMs: 1500,
}

function failure(json: unknown): { message: string; tip: string | undefined } {
  try {
    parsePreset(json, 'mine.json')
  } catch (error) {
    if (error instanceof RoadwardError && error.code === 'preset-invalid') {
      return { message: error.message, tip: error.tip }
    }
    throw error
  }
  throw new Error('the preset was accepted')
}

describe('a preset as JSON', () => {
  it.each(PRESETS.map((preset) => [preset.id, preset] as const))('holds %s', (_, preset) => {
    expect(presetSchema.parse(JSON.parse(JSON.stringify(preset)))).toEqual(preset)
  })

  it('may leave out what all presets share, and then drives alerts', () => {
    const preset = parsePreset(mine, 'mine.json')
    expect(preset).toMatchObject({ filter: FILTER, recovery: { kind: 'reset' } })
    expect(new Story(preset).does('c5', 3).levels()).toEqual(['caution @1', 'warning @2'])
  })

  it('is read under the names of version 0.1, as files and recorded drives have them', () => {
    const { uncertainty, filter, ...rest } = JSON.parse(
      JSON.stringify(PRESETS[0]),
    ) as typeof mine & {
      uncertainty: unknown
      filter: Record<string, unknown>
    }
    const {
      transitionsPerSecond: changesPerSecond,
      correlationMs: evidenceMs,
      outlierShare: mistrust,
      contradictionShare: against,
      contradictionTauMs: againstTauMs,
      ...others
    } = filter
    const old = { changesPerSecond, evidenceMs, mistrust, against, againstTauMs, ...others }
    expect(presetSchema.parse({ ...rest, doubt: uncertainty, filter: old })).toEqual(PRESETS[0])
  })

  it('may change one threshold of the filter and keep the others', () => {
    const preset = parsePreset({ ...mine, filter: { tauMs: 300 } }, 'mine.json')
    expect(preset.filter).toEqual({ ...FILTER, tauMs: 300 })
  })

  it.each([
    ['a word for a number', { ...mine, clearMs: '2 s' }, 'field clearMs'],
    ['an unknown field', { ...mine, clearms: 2000 }, 'clearms'],
    ['a missing title', { ...mine, title: undefined }, 'field title'],
    ['a claim of compliance', { ...mine, basis: 'compliant with all' }, 'field basis'],
    ['no rule', { ...mine, rules: [] }, 'field rules'],
    ['an unknown rule', { ...mine, rules: [{ ...dwell, kind: 'nap' }] }, 'field rules[0].kind'],
    ['the safe class', { ...mine, rules: [{ ...dwell, classes: ['c0'] }] }, 'rules[0].classes[0]'],
    ['an unknown class', { ...mine, rules: [{ ...dwell, classes: 'all' }] }, 'rules[0].classes'],
    ['a text', 'fast please', 'the file'],
    ['a shipped id', { ...mine, id: 'openpilot' }, 'id "openpilot"'],
    ['a rule id twice', { ...mine, rules: [dwell, dwell] }, 'field rules[1].id'],
    ['a class as rule id', { ...mine, rules: [{ ...dwell, id: 'c1' }] }, 'field rules[0].id'],
    [
      'steps that fall',
      { ...mine, rules: [{ ...dwell, steps: dwell.steps.toReversed() }] },
      'field rules[0].steps',
    ],
    [
      'speeds that cross',
      { ...mine, rules: [{ ...dwell, fromKmh: 50, belowKmh: 20 }] },
      'field rules[0].belowKmh',
    ],
    [
      'a window shorter than its allowance',
      { ...mine, rules: [{ ...window, windowMs: 9000 }] },
      'field rules[0].allowedMs',
    ],
    ['two windows', { ...mine, rules: [window, { ...window, id: 'sum-2' }] }, 'field rules'],
    [
      'a hysteresis upside down',
      { ...mine, filter: { unsafe: { on: 0.3, off: 0.6 } } },
      'field filter.unsafe',
    ],
    [
      'a view hysteresis upside down',
      { ...mine, filter: { view: { coveredStd: { on: 9, off: 6 } } } },
      'field filter.view.coveredStd',
    ],
    ['a step over the gap limit', { ...mine, filter: { maxStepMs: 3000 } }, 'filter.maxStepMs'],
    [
      'a frozen camera told too late',
      { ...mine, filter: { view: { frozenAfterMs: 9000 } } },
      'field filter.view.frozenAfterMs',
    ],
    ['a gap told too late', { ...mine, filter: { gapLimitMs: 11_000 } }, 'field filter.gapLimitMs'],
    [
      'notices out of order',
      {
        ...mine,
        uncertainty: {
          resetMs: 1000,
          notices: [
            { code: 'camera-poor', afterMs: 9000 },
            { code: 'unsure-long', afterMs: 8000 },
          ],
        },
      },
      'field uncertainty.notices',
    ],
    [
      'a recovery that slows down',
      { ...mine, recovery: { kind: 'gradual', slowest: 2, fastest: 2 } },
      'field recovery.fastest',
    ],
    [
      'a recovery without a timer',
      { ...mine, rules: [window], recovery: { kind: 'gradual', slowest: 1, fastest: 2 } },
      'field recovery:',
    ],
  ])('refuses %s, naming the field and the remedy', (_, json, named) => {
    const { message, tip } = failure(json)
    expect(message).toContain(named)
    expect(message).toMatch(/^The preset mine\.json cannot be used: /)
    expect(tip).toMatch(/\.$/)
  })
})
