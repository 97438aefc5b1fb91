import { describe, expect, it } from 'vitest'
import { HANG_AFTER_MS, Watchdog } from '../../../../electron/app/supervision/watchdog.ts'

const STEP_MS = 200

/** Checks every 200 ms of an imagined clock. */
class Story {
  readonly watchdog = new Watchdog(2 * STEP_MS)
  #now = 5000

  constructor() {
    this.watchdog.check(this.#now)
  }

  /** @returns after how many ms of silence the engine was declared hung, if it was */
  silence(forMs: number): number | undefined {
    for (let ms = STEP_MS; ms <= forMs; ms += STEP_MS) {
      this.#now += STEP_MS
      if (this.watchdog.check(this.#now)) return ms
    }
    return undefined
  }

  suspend(ms: number): boolean {
    this.#now += ms
    return this.watchdog.check(this.#now)
  }
}

describe('Watchdog', () => {
  it('lets an engine live that keeps talking', () => {
    const story = new Story()
    for (let i = 0; i < 50; i += 1) {
      expect(story.silence(800)).toBeUndefined()
      story.watchdog.alive()
    }
  })

  it('declares a silent engine hung soon after the limit', () => {
    expect(new Story().silence(10_000)).toBe(HANG_AFTER_MS + STEP_MS)
  })

  it('waits as long as the engine asked for, heartbeats or not, until everything is open', () => {
    const story = new Story()
    story.watchdog.allow(5000)
    expect(story.silence(5800)).toBeUndefined()
    story.watchdog.alive()
    expect(story.silence(5800)).toBeUndefined()
    story.watchdog.alive()
    story.watchdog.expectFrames(20)
    expect(story.silence(10_000)).toBe(HANG_AFTER_MS + STEP_MS)
  })

  it('gives slow networks more time', () => {
    const story = new Story()
    story.watchdog.expectFrames(1000)
    expect(story.silence(4000)).toBeUndefined()
    expect(story.silence(1000)).toBeDefined()
  })

  it('does not shorten the limit for quick networks', () => {
    const story = new Story()
    story.watchdog.expectFrames(20)
    expect(story.silence(1000)).toBeUndefined()
  })

  it('does not blame the engine for the time the machine slept', () => {
    expect(new Story().suspend(3_600_000)).toBe(false)
  })
})
