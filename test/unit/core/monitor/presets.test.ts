import { describe, expect, it } from 'vitest'
import { findPreset } from '../../../../electron/core/monitor/presets/all.ts'
import { EU_ADDW } from '../../../../electron/core/monitor/presets/euAddw.ts'
import { EURONCAP_2023 } from '../../../../electron/core/monitor/presets/euroncap2023.ts'
import { FLEET_COACH } from '../../../../electron/core/monitor/presets/fleetCoach.ts'
import { OPENPILOT } from '../../../../electron/core/monitor/presets/openpilot.ts'
import { Story, UNIFORM, predict } from './story.ts'

describe('euroncap-2023', () => {
  it('is critical when the driver does not return within 3 s of a warning', () => {
    const story = new Story(EURONCAP_2023)
    for (let i = 0; i < 9; i++) story.does('c5', 1).safe(1)
    story.does('c5', 2.9)
    expect(story.alarms()).toEqual(['warning c5 short-distraction @19'])
    story.does('c5', 1.5)
    expect(story.levels().at(-1)).toBe('critical @22')
  })

  it('counts the 3 s afresh after a look at the road', () => {
    const story = new Story(EURONCAP_2023).does('c5', 5).safe(1).does('c5', 0.9)
    expect(story.levels()).toEqual(['warning @3'])
  })
})

describe('openpilot', () => {
  it('recovers awareness slowly when it is full and fast when it is empty', () => {
    const story = new Story(OPENPILOT).does('c5', 1.1).safe(0.5)
    expect(story.status().dwellMs).toBeLessThan(800)
    story.does('c5', 10).safe(1)
    expect(story.status().dwellMs).toBeLessThan(8000)
  })

  it('latches critical until the driver acts, however long they look at the road', () => {
    const story = new Story(OPENPILOT).does('c5', 12).safe(60)
    expect(story.status()).toMatchObject({ level: 'critical', latched: true, dwellMs: 11_000 })
    story.acknowledge().safe(5)
    expect(story.status()).toMatchObject({ level: undefined, latched: false })
  })

  it('locks out after three critical alerts', () => {
    const story = new Story(OPENPILOT)
    for (let i = 0; i < 3; i++) story.does('c5', 13).acknowledge().safe(12)
    expect(story.notices()).toEqual([expect.stringMatching(/^locked-out/)])
    expect(story.status().lockedOut).toBe(true)
    story.does('c5', 13)
    expect(story.notices()).toHaveLength(1)
  })

  it('locks out after 30 s at critical', () => {
    const story = new Story(OPENPILOT).does('c5', 41.5)
    expect(story.notices()).toEqual(['locked-out @41'])
  })

  it('falls back to slower timers after 10 s of doubt, until 20 s without', () => {
    const story = new Story(OPENPILOT).safe(5).shows(12, predict(UNIFORM)).does('c5', 16)
    expect(story.levels()).toEqual(['caution @32'])
    story.safe(30).does('c5', 4)
    expect(story.levels().at(-1)).toBe('caution @66')
  })

  it('tells of a poor camera after a minute of doubt', () => {
    const story = new Story(OPENPILOT).safe(5).shows(70, predict(UNIFORM))
    expect(story.notices()).toEqual(['unsure-long @15', 'camera-poor @65'])
  })
})

describe('eu-addw', () => {
  it.each([
    [19, undefined],
    [20, 'warning @6'],
    [49, 'warning @6'],
    [50, 'warning @3.5'],
    [undefined, 'warning @3.5'],
  ])('at %s km/h warns: %s', (speedKmh, warning) => {
    const story = new Story(EU_ADDW, { speedKmh }).does('c5', 10)
    expect(story.levels().at(0)).toBe(warning)
  })
})

describe('fleet-coach', () => {
  it('tells the cab first and records what is not corrected', () => {
    const story = new Story(FLEET_COACH).safe(5).does('c1', 8)
    const alerts = story.events.filter((event) => event.kind === 'alert')
    expect(alerts.map(({ level, cabOnly }) => [level, cabOnly])).toEqual([
      ['caution', true],
      ['warning', false],
    ])
  })

  it('repeats every 30 s until it is corrected', () => {
    const story = new Story(FLEET_COACH).does('c1', 70)
    expect(story.alarms()).toEqual([
      'caution c1 phone-dwell @2',
      'warning c1 phone-dwell @7',
      'warning c1 repeat @37',
      'warning c1 repeat @67',
    ])
  })

  it('does not repeat itself within 15 s for the same class', () => {
    const story = new Story(FLEET_COACH).does('c1', 3).safe(3).does('c1', 3).safe(3)
    expect(story.levels()).toEqual(['caution @2', 'cleared @5'])
    story.safe(8).does('c1', 3)
    expect(story.levels().at(-1)).toBe('caution @22')
  })

  it('is silent under 16 km/h', () => {
    const story = new Story(FLEET_COACH, { speedKmh: 15 }).does('c1', 20)
    expect(story.alarms()).toEqual([])
    expect(story.status()).toMatchObject({ cap: 'off', dwellMs: 0 })
  })
})

it('finds presets by id', () => {
  expect(findPreset('openpilot')).toBe(OPENPILOT)
  expect(findPreset('none')).toBeUndefined()
})
