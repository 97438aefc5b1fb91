import { describe, expect, it } from 'vitest'
import { EURONCAP_2023 } from '../../../../electron/core/monitor/presets/euroncap2023.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { Story } from './story.ts'

describe('the unsafe timer', () => {
  it('starts at the first unsafe frame, not when the filter has caught up', () => {
    const story = new Story(ROADWARD, { fps: 30 }).safe(5).does('c5', 2)
    const alert = story.events.find((event) => event.kind === 'alert')
    expect(alert?.sinceMs).toBeCloseTo(5000, 6)
    expect(alert?.tMs).toBeCloseTo(6500, 6)
  })

  it('is not fooled by one wrong frame', () => {
    const story = new Story(ROADWARD).safe(5).does('c5', 1).safe(0.1).does('c5', 0.5)
    expect(story.levels()).toEqual(['caution @6.5'])
  })

  it('raises nothing on a frame that is already back on the road', () => {
    const story = new Story(ROADWARD, { fps: 30 }).safe(5).does('c5', 1.5).safe(3)
    expect(story.alarms()).toEqual([])
  })

  it('starts afresh after a look at the road, while no alert is up', () => {
    const story = new Story(ROADWARD).safe(5).does('c5', 1.4).safe(1).does('c5', 1.4).safe(1)
    expect(story.alarms()).toEqual([])
  })

  it('goes on after a short look at the road, once an alert is up', () => {
    const story = new Story(ROADWARD).safe(5).does('c5', 2).safe(1).does('c5', 1.3)
    expect(story.levels()).toEqual(['caution @6.5', 'warning @9.1'])
  })

  it('starts before the first safe frame of a drive', () => {
    expect(new Story(ROADWARD).does('c5', 2).levels()).toEqual(['caution @1.5'])
  })
})

describe('the standstill cap', () => {
  it('is not crept past by frames that do not confirm the look away', () => {
    const story = new Story(ROADWARD, { fps: 30, speedKmh: 0 }).does('c5', 5)
    const { dwellMs } = story.status()
    story.safe(0.07).does('c5', 1).speed(60)
    expect(story.status().dwellMs).toBe(dwellMs)
    expect(story.levels()).toEqual(['caution @1.5'])
  })
})

describe('classes', () => {
  it('takes texting and phoning for one phone episode, a step faster than the rest', () => {
    const story = new Story(ROADWARD).safe(5).does('c1', 1).does('c2', 1).does('c3', 1.1)
    expect(story.alarms()).toEqual(['warning c2 phone-dwell @6.5', 'critical c3 phone-dwell @8'])
  })

  it('says so when the class of a running episode changes for long', () => {
    const story = new Story(ROADWARD).safe(5).does('c1', 4).does('c6', 4)
    expect(story.alarms()).toEqual([
      'warning c1 phone-dwell @6.5',
      'critical c1 phone-dwell @8',
      'critical c6 class-changed @10.5',
    ])
  })

  it('ignores another class that flickers up', () => {
    const story = new Story(ROADWARD).safe(5).does('c1', 1).does('c6', 0.3).does('c1', 2.1)
    expect(story.alarms()).toEqual([
      'caution c1 unsafe-dwell @6.5',
      'warning c1 phone-dwell @6.7',
      'critical c1 phone-dwell @8.2',
    ])
  })

  it('forgets a class once another has taken over', () => {
    const story = new Story(ROADWARD).does('c1', 1.2).does('c6', 1.2).does('c1', 0.5)
    expect(story.alarms()).toEqual(['caution c6 unsafe-dwell @1.5'])
  })
})

describe('the cumulative window', () => {
  const glances = (story: Story, count: number, offS: number): Story => {
    for (let i = 0; i < count; i++) story.does('c5', 1).safe(offS)
    return story
  }

  it.each([2, 10, 30])('warns of ten seconds within thirty at %i frames a second', (fps) => {
    const story = glances(new Story(EURONCAP_2023, { fps }), 15, 1)
    const [first = ''] = story.alarms()
    expect(first).toMatch(/^warning c5 short-distraction/)
    // The tenth second of looking away ends at 19 s; it is told on an unsafe frame.
    const at = Number(first.replace(/.*@/, ''))
    expect(at).toBeGreaterThanOrEqual(18.5)
    expect(at).toBeLessThanOrEqual(20.5)
  })

  it('is reset by two seconds of attention', () => {
    expect(glances(new Story(EURONCAP_2023), 20, 2.5).alarms()).toEqual([])
  })

  it('slides: ten seconds over a minute are no alert', () => {
    expect(glances(new Story(ROADWARD), 30, 2.6).alarms()).toEqual([])
  })

  it('is not held against the driver again once they have answered', () => {
    const story = glances(new Story(ROADWARD), 11, 1).safe(3).does('c5', 1).safe(3)
    expect(story.levels().map((level) => level.replace(/ .*/, ''))).toEqual(['warning', 'cleared'])
  })

  it('is kept when another rule raised the alert', () => {
    const story = new Story(ROADWARD).does('c5', 2).safe(3)
    expect(story.status().cumulative?.usedMs).toBeGreaterThan(1900)
  })
})

describe('acknowledging', () => {
  it('does nothing while no alert is up', () => {
    const story = new Story(ROADWARD).safe(1)
    const before = story.state
    expect(story.acknowledge().state).toBe(before)
  })

  it('ends with the episode', () => {
    const story = new Story(ROADWARD).does('c5', 2).acknowledge().safe(3).does('c5', 1.6)
    const alerts = story.events.filter((event) => event.kind === 'alert')
    expect(alerts.map((alert) => alert.acknowledged)).toEqual([false, false])
    const cleared = story.events.find((event) => event.kind === 'cleared')
    expect(cleared?.acknowledged).toBe(true)
  })

  it('marks a change of class as acknowledged, since the level has not risen', () => {
    const story = new Story(ROADWARD).does('c1', 4).acknowledge().does('c6', 4)
    const alert = story.events.filter((event) => event.kind === 'alert').at(-1)
    expect(alert).toMatchObject({ rule: 'class-changed', acknowledged: true })
  })
})

describe('status', () => {
  it('names the threshold ahead', () => {
    const story = new Story(ROADWARD).safe(1).does('c5', 1)
    expect(story.status().next).toMatchObject({
      level: 'caution',
      rule: 'unsafe-dwell',
      thresholdMs: 1500,
    })
    expect(story.status().next?.elapsedMs).toBeCloseTo(900, 6)
    expect(story.status().top).toBe('c5')
  })

  it('has nothing ahead of critical', () => {
    expect(new Story(ROADWARD).does('c1', 4).status().next).toBeUndefined()
  })
})
