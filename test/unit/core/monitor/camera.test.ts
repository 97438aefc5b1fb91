import { describe, expect, it } from 'vitest'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { CLEAR, COVERED, DARK, FROZEN, GLARE, NIGHT, Story, predict, sure } from './story.ts'

describe('the camera check', () => {
  const prediction = predict(sure('c6'))

  it.each([
    ['covered', COVERED],
    ['dark', DARK],
    ['overexposed', GLARE],
    ['frozen', FROZEN],
  ])('announces a %s camera within ten seconds', (fault, view) => {
    const story = new Story(ROADWARD).safe(5).frames(10, view, prediction)
    const notice = story.events.find((event) => event.kind === 'notice')
    expect(notice?.problem.code).toBe(`camera-${fault}`)
    expect(notice?.tMs).toBeLessThanOrEqual(15_000)
    expect(story.status().blindReason).toBe(fault)
    story.safe(2)
    expect(story.notices().at(-1)).toMatch(/^camera-restored/)
  })

  it('sees at night in infrared light', () => {
    const story = new Story(ROADWARD).frames(10, NIGHT, predict(sure('c0')))
    expect(story.notices()).toEqual([])
    expect(story.status().driver).toBe('safe')
  })

  it('judges no frame of a covered camera, not even the first', () => {
    const story = new Story(ROADWARD).safe(5).frames(1.2, COVERED, prediction).safe(5)
    expect(story.alarms()).toEqual([])
    expect(story.states()).toEqual(['safe @0'])
  })

  it('is not blinded by one overexposed frame in twelve, which it does not judge either', () => {
    const story = new Story(ROADWARD, { fps: 24 }).safe(3)
    for (let i = 0; i < 20; i++) story.frames(1 / 24, GLARE, prediction).does('c5', 11 / 24)
    expect(story.notices()).toEqual([])
    expect(story.levels()).not.toEqual([])
    expect(story.status().driver).toBe('unsafe')
  })

  it('is blind where more than half of the frames are of no use', () => {
    const story = new Story(ROADWARD).safe(3)
    for (let i = 0; i < 20; i++) story.frames(0.2, GLARE, prediction).does('c5', 0.1)
    expect(story.notices()).toEqual(['camera-overexposed @4.9'])
    expect(story.alarms()).toEqual([])
  })

  it('announces a frozen picture within ten seconds at one frame a second, too', () => {
    const story = new Story(ROADWARD, { fps: 1 }).safe(5).frames(10, FROZEN, prediction)
    const notice = story.events.find((event) => event.kind === 'notice')
    expect(notice?.problem.code).toBe('camera-frozen')
    expect(notice?.tMs).toBeLessThanOrEqual(15_000)
  })

  it('reaches its thresholds at thirty frames a second as at ten', () => {
    // Frozen with the frame at 5 s; the last one that was judged is a thirtieth older.
    const story = new Story(ROADWARD, { fps: 30 }).frames(12, FROZEN, prediction)
    expect(story.notices()).toEqual(['camera-frozen @6.97'])
  })

  it('does not flap when the view is on the edge', () => {
    const edge = { ...COVERED, stdLuma: 7.5 }
    const story = new Story(ROADWARD).safe(5).frames(3, COVERED).frames(3, edge, prediction)
    expect(story.status().blindReason).toBe('covered')
    expect(new Story(ROADWARD).frames(3, edge, prediction).status().driver).toBe('unsafe')
  })

  it('stays with a frozen picture until it moves clearly', () => {
    const stirs = { ...CLEAR, changeFromLast: 0.03 }
    const story = new Story(ROADWARD).frames(8, FROZEN, prediction).frames(3, stirs, prediction)
    expect(story.status().blindReason).toBe('frozen')
  })

  it('tells when one fault follows another', () => {
    const story = new Story(ROADWARD).frames(3, COVERED).frames(3, GLARE).frames(3, DARK)
    expect(story.notices()).toEqual([
      'camera-covered @2',
      'camera-overexposed @3',
      'camera-dark @6',
    ])
  })

  it('tells when frames stop coming from a covered camera, and start again', () => {
    const story = new Story(ROADWARD).safe(1).frames(3, COVERED).ticks(5).frames(1, COVERED).safe(2)
    expect(story.notices()).toEqual([
      'camera-covered @2.9',
      'camera-lost @5.9',
      'camera-covered @9',
      'camera-restored @10.4',
    ])
  })

  it('tells when frames are not judged', () => {
    const story = new Story(ROADWARD).safe(1).frames(5, CLEAR)
    expect(story.notices()).toEqual(['frames-unjudged @2.9'])
    expect(story.states()).toEqual(['safe @0', 'blind @2.9'])
  })

  it('tells when no picture ever comes', () => {
    const story = new Story(ROADWARD).ticks(3)
    expect(story.notices()).toEqual(['camera-lost @2'])
    expect(story.status()).toMatchObject({ driver: 'blind', top: undefined, unsafe: undefined })
  })

  it('tells the same with and without clock ticks', () => {
    const ticked = new Story(ROADWARD).safe(1).does('c5', 2).ticks(7).does('c5', 3)
    const silent = new Story(ROADWARD).safe(1).does('c5', 2).away(7).does('c5', 3)
    expect(ticked.events).toEqual(silent.events)
    expect(ticked.state).toEqual(silent.state)
  })

  it('tells of a cover before the silence that follows it, with and without clock ticks', () => {
    const ticked = new Story(ROADWARD).safe(1).frames(1, COVERED).ticks(7).safe(3)
    const silent = new Story(ROADWARD).safe(1).frames(1, COVERED).away(7).safe(3)
    expect(silent.notices().slice(0, 2)).toEqual(['camera-covered @2.9', 'camera-lost @3.9'])
    expect(ticked.events).toEqual(silent.events)
  })
})

describe('the clock', () => {
  it('lets a late frame pass without a word', () => {
    const story = new Story(ROADWARD).safe(1).clock(0.8).safe(1)
    expect(story.notices()).toEqual([])
  })

  it('moves everything dated along when it jumps back in the middle of an alert', () => {
    const story = new Story(ROADWARD).safe(100).does('c5', 2).clock(1).does('c5', 1.3).safe(4)
    expect(story.levels()).toEqual(['caution @101.5', 'warning @2.1', 'cleared @4.3'])
    const cleared = story.events.find((event) => event.kind === 'cleared')
    expect(cleared?.sinceMs).toBeCloseTo(-900, 6)
  })

  it('jumps back before any frame has been judged', () => {
    const story = new Story(ROADWARD).frames(1, COVERED).clock(0).safe(1)
    expect(story.status().driver).toBe('safe')
  })
})
