import { describe, expect, it } from 'vitest'
import { CLASSES } from '../../../../electron/core/labels.ts'
import { CASES } from './expectations.ts'
import { CLEAR, COVERED, Story, UNIFORM, predict, sure } from './story.ts'

/** The levels of the alarms, counted from this second on. */
function after(story: Story, second: number): string[] {
  return story
    .levels(second)
    .map((line) =>
      line.replace(/@(.*)$/, (_, at) => `@${Math.round((Number(at) - second) * 100) / 100}`),
    )
}

describe.each(CASES)('$name', ({ preset, expected }) => {
  const drive = (fps = 10): Story => new Story(preset, { fps, speedKmh: 90 })
  const [firstLevel, firstS] = expected.first

  it('says nothing to a fully attentive driver', () => {
    const story = drive().safe(60)
    expect(story.alarms()).toEqual([])
    expect(story.states()).toEqual(['safe @0'])
  })

  it('raises its levels at their times for a fully distracted driver', () => {
    const story = drive().safe(10).does('c5', 20)
    expect(after(story, 10)).toEqual(expected.distracted)
  })

  it('knows the phone', () => {
    const story = drive().safe(10).does('c4', 8)
    expect(after(story, 10)).toEqual(expected.phone)
  })

  it('tells that nobody is watching when the driver is invisible', () => {
    const story = drive()
      .safe(10)
      .frames(60, COVERED, predict(sure('c7')))
    expect(story.alarms()).toEqual([])
    expect(story.notices()).toEqual(['camera-covered @11.9'])
    expect(story.status()).toMatchObject({ driver: 'blind', blindReason: 'covered' })
  })

  it('leaves normal driving with short glances alone', () => {
    const story = drive()
    for (let i = 0; i < 30; i++) story.does('c9', 1).safe(4)
    expect(story.alarms()).toEqual([])
  })

  it('keeps the alert when the driver dodges the camera', () => {
    const story = drive()
      .safe(5)
      .does('c5', firstS + 0.5)
    const before = story.status()
    story.frames(20, COVERED, predict(sure('c0')))
    expect(story.status()).toMatchObject({ driver: 'blind', level: firstLevel })
    expect(story.status().dwellMs).toBe(before.dwellMs)
    story.does('c5', 1)
    expect(story.levels()).toEqual([`${firstLevel} @${5 + firstS}`])
    expect(story.status().dwellMs).toBeCloseTo(before.dwellMs + 500, 6) // 0.5 s pass unjudged
  })

  it('does not take half a second of attention for a return', () => {
    const story = drive()
      .safe(5)
      .does('c5', firstS + 0.5)
      .frames(10, COVERED)
      .safe(1)
      .does('c5', 0.4)
    expect(story.levels()).toEqual([`${firstLevel} @${5 + firstS}`])
    expect(story.status().level).toBe(firstLevel)
  })

  it('takes ten seconds of attention for a return', () => {
    const story = drive()
      .safe(5)
      .does('c5', firstS + 0.5)
      .frames(10, COVERED)
      .safe(10)
    expect(story.levels().at(-1)).toMatch(/^cleared/)
    expect(story.status()).toMatchObject({ driver: 'safe', level: undefined })
  })

  it('clears for the last-second responder without going further', () => {
    const last = expected.distracted.at(-1) ?? ''
    const lastS = Number(last.replace(/.*@/, ''))
    const story = drive()
      .safe(5)
      .does('c5', lastS - 0.2)
      .safe(10)
    const told = after(story, 5)
    expect(told.slice(0, -1)).toEqual(expected.distracted.slice(0, -1))
    if (expected.distracted.length > 1) expect(told.at(-1)).toMatch(/^cleared/)
    expect(story.status().level).toBeUndefined()
  })

  it('stays quiet enough while parked', () => {
    const story = new Story(preset, { speedKmh: 0 }).safe(10).does('c5', 60)
    expect(after(story, 10)).toEqual(expected.parked)
  })

  it('speaks up when the car moves off after 60 s at a red light', () => {
    const story = new Story(preset, { speedKmh: 0 }).does('c5', 60).speed(60).does('c5', 5)
    expect(story.levels()).toEqual([...expected.parked, ...expected.moving])
  })

  it('treats unknown speed as the fast case', () => {
    const story = new Story(preset).safe(10).does('c5', 20)
    expect(after(story, 10)).toEqual(expected.distracted)
  })

  it('neither alarms nor reassures when the model cannot decide', () => {
    const story = drive()
      .safe(5)
      .shows(30, predict(sure('c6', 0.9)), predict(sure('c0', 0.9)))
    expect(story.alarms()).toEqual([])
    expect(story.status().driver).toBe('unsure')
    expect(story.notices()).toHaveLength(1)
    expect(story.notices()[0]).toMatch(/^unsure-long/)
  })

  it.each([
    ['knows nothing', [UNIFORM]],
    ['has folds that contradict each other', [sure('c0'), sure('c7'), sure('c0'), sure('c7')]],
  ])('freezes the alert while the model %s', (_, folds) => {
    const story = drive()
      .safe(5)
      .does('c5', firstS + 0.5)
    const before = story.levels()
    story.shows(30, predict(...folds))
    expect(story.status()).toMatchObject({ driver: 'unsure', level: firstLevel })
    expect(story.levels()).toEqual(before)
    const { dwellMs } = story.status()
    story.does('c5', 0.1).does('c5', 1)
    expect(story.status().dwellMs - dwellMs).toBeGreaterThan(400)
  })

  it('starts no alert while the model knows nothing', () => {
    const story = drive().safe(5).shows(60, predict(UNIFORM))
    expect(story.alarms()).toEqual([])
    expect(story.states()).toEqual(['safe @0', expect.stringMatching(/^unsure/)])
  })

  it('goes on with the episode when the class flips', () => {
    const story = drive().safe(10)
    for (let i = 0; i < 10; i++) story.does('c5', 0.7).does('c6', 0.7).does('c8', 0.6)
    expect(after(story, 10)).toEqual(expected.distracted)
  })

  it('announces the class within every long segment of a drive', () => {
    const story = drive()
    for (const id of CLASSES) story.does(id, 16)
    for (const [i, id] of CLASSES.entries()) {
      const told = story.events.filter(
        (event) =>
          event.kind === 'alert' &&
          event.class === id &&
          event.tMs >= i * 16_000 &&
          event.tMs < (i + 1) * 16_000,
      )
      expect([id, told.length > 0]).toEqual([id, id !== 'c0'])
    }
  })

  it('stands still across short camera drop-outs', () => {
    const story = drive().safe(5).does('c5', 1).away(1.5).does('c5', firstS)
    // The first second counts 0.9 s up to its last frame; the gap counts 0.6 s at most.
    expect(story.levels()[0]).toBe(`${firstLevel} @${5 + 1 + 1.5 + firstS - 0.9 - 0.6}`)
    expect(story.states()).toEqual(['safe @0', 'unsafe @5.2'])
  })

  it('goes blind in long drop-outs and resumes where it stood', () => {
    const story = drive().safe(5).does('c5', 1).ticks(8).does('c5', firstS)
    expect(story.levels()[0]).toBe(`${firstLevel} @${5 + 1 + 8 + firstS - 0.9}`)
    expect(story.notices()).toEqual(['camera-lost @7.9', 'camera-restored @14'])
  })

  it('survives a clock that jumps back', () => {
    const story = drive().safe(5).does('c5', 1).clock(0).does('c5', firstS)
    const [first = ''] = story.levels()
    expect(first).toBe(`${firstLevel} @${Math.round((firstS - 0.9) * 10) / 10}`)
    expect(story.notices()).toEqual(['clock-jumped @0'])
    const alert = story.events.find((event) => event.kind === 'alert')
    expect(alert?.sinceMs).toBeCloseTo(-900, 6)
  })

  it('takes a clock that jumps ahead for a gap', () => {
    const story = drive().safe(5).does('c5', 1).clock(30).does('c5', firstS)
    expect(story.levels()[0]).toBe(`${firstLevel} @${30 + firstS - 0.9}`)
    expect(story.states()).toEqual(['safe @0', 'unsafe @5.2', 'blind @7.9', 'unsafe @30'])
  })

  it('makes up for nothing when the models become sure again', () => {
    const dissent = (count: number) =>
      predict(...Array.from({ length: 12 }, (_, i) => sure(i < count ? 'c0' : 'c5')))
    // Two of twelve keep the doubt up that fifteen seconds ago began it; one does not.
    const story = drive().safe(5).shows(15, dissent(2)).shows(0.5, dissent(1))
    expect(story.alarms()).toEqual([])
    const sureAtS = story.tMs / 1000
    story.shows(20, dissent(0))
    const [first = ''] = story.levels()
    expect(first).toMatch(new RegExp(`^${firstLevel} `))
    expect(Number(first.replace(/.*@/, ''))).toBeGreaterThanOrEqual(sureAtS + firstS - 0.5)
  })

  it('clears no alert in the frame in which the models become sure', () => {
    const assent = (count: number) =>
      predict(...Array.from({ length: 12 }, (_, i) => sure(i < count ? 'c0' : 'c5')))
    const story = drive()
      .safe(5)
      .does('c5', firstS + 0.5)
    const before = story.levels()
    story.shows(8, assent(10)).shows(1.5, assent(11))
    expect(story.levels()).toEqual(before)
    expect(story.status().attentiveMs).toBeLessThan(1500)
  })

  it('begins its timers afresh after half a minute without pictures, but keeps the alert', () => {
    const glance = drive().safe(5).does('c5', 1).away(40).does('c5', 0.6)
    expect(glance.status().dwellMs).toBeLessThan(600)
    const alerted = drive()
      .safe(5)
      .does('c5', firstS + 0.5)
      .away(40)
      .does('c5', 0.3)
    expect(alerted.status().level).toBe(firstLevel)
    expect(alerted.safe(5).status().level).toBeUndefined()
  })

  it('counts a hole in the frames neither as attention nor as distraction', () => {
    const story = drive()
      .safe(5)
      .does('c5', firstS + 0.5)
    const { timers } = story.state
    story.away(20).does('c5', 0.1)
    expect(story.state.timers).toMatchObject({
      watchedMs: timers.watchedMs,
      unsafeMs: timers.unsafeMs,
    })
  })

  it.each([1, 2, 10, 30])('alerts at the same times at %i frames a second', (fps) => {
    const story = drive(fps).safe(10).does('c5', 20)
    const times = after(story, 10).map((line) => line.split(' @'))
    const wanted = expected.distracted.map((line) => line.split(' @'))
    expect(times.map(([level]) => level)).toEqual(wanted.map(([level]) => level))
    times.forEach(([, at], i) => {
      const late = Number(at) - Number(wanted[i]?.[1])
      expect(late).toBeGreaterThanOrEqual(0)
      expect(late).toBeLessThanOrEqual(1 / fps + 0.01)
    })
  })

  it('hears an acknowledgement, and speaks again when the level rises', () => {
    const story = drive()
      .safe(5)
      .does('c5', firstS + 0.5)
      .acknowledge()
    expect(story.status()).toMatchObject({ level: firstLevel, acknowledged: true })
    const before = story.alarms().length
    story.does('c5', 12)
    const later = story.events.filter((event) => event.kind === 'alert').slice(before)
    for (const alert of later) expect(alert.acknowledged).toBe(false)
    expect(story.status().acknowledged).toBe(later.length === 0)
  })

  it('explains every alert', () => {
    const story = drive().safe(5).does('c5', 20)
    for (const event of story.events) {
      if (event.kind !== 'alert') continue
      const { explanation } = event
      expect(explanation).toMatchObject({
        preset: preset.id,
        rule: event.rule,
        threshold: { unit: 'ms' },
        probabilities: sure('c5'),
        speedKmh: 90,
      })
      expect(explanation.timers.ruleMs).toBeGreaterThanOrEqual(explanation.threshold.value - 0.001)
      expect(explanation.unsafe).toBeGreaterThan(preset.filter.unsafe.on)
    }
  })

  it('does not call an unsafe driver unsure for doubt between two unsafe classes', () => {
    const story = drive()
      .safe(5)
      .shows(20, predict(sure('c1', 0.999), sure('c2', 0.999)))
    expect(story.states()).toEqual(['safe @0', 'unsafe @5.2'])
    expect(story.levels()).not.toEqual([])
  })

  it('keeps watching after an unclear view has become clear', () => {
    const story = drive()
      .frames(3, COVERED)
      .frames(1, CLEAR, predict(sure('c0')))
    expect(story.notices()).toEqual(['camera-covered @2', 'camera-restored @3.4'])
  })
})
