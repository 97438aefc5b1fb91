import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Lock, type LockClock } from '../../../../electron/app/settings/lock.ts'
import { SettingsStore } from '../../../../electron/app/settings/settingsStore.ts'
import { scratchFolder } from '../../../support/collect.ts'

/** A clock that stands until the test turns it. */
class HandClock implements LockClock {
  #nowMs = 0
  readonly #jobs = new Map<() => void, number>()

  nowMs(): number {
    return this.#nowMs
  }

  later(ms: number, job: () => void): () => void {
    this.#jobs.set(job, this.#nowMs + ms)
    return () => this.#jobs.delete(job)
  }

  turn(ms: number): void {
    this.#nowMs += ms
    for (const [job, dueMs] of [...this.#jobs]) {
      if (dueMs > this.#nowMs || !this.#jobs.delete(job)) continue
      job()
    }
  }
}

let folder: Awaited<ReturnType<typeof scratchFolder>>
let settings: SettingsStore
let clock: HandClock
let lock: Lock

beforeEach(async () => {
  folder = await scratchFolder()
  settings = await SettingsStore.open(folder.path('data'))
  clock = new HandClock()
  lock = new Lock({ settings, canAutostart: false, clock })
})

afterEach(() => folder[Symbol.asyncDispose]())

/** A kiosk whose owner has gone. */
async function kiosk(): Promise<void> {
  await lock.change({ kiosk: true, pin: '2468' })
  lock.lock()
}

describe('the lock', () => {
  it('is open where there is no kiosk, and in a kiosk that has no PIN', async () => {
    expect(lock.locked).toBe(false)
    await lock.change({ kiosk: true })
    lock.lock()
    expect(lock.locked).toBe(false)
  })

  it('leaves who sets up the kiosk inside until they lock it', async () => {
    await lock.change({ kiosk: true, pin: '2468' })
    expect(lock.locked).toBe(false)
    lock.lock()
    expect(lock.locked).toBe(true)
  })

  it('opens to the PIN only', async () => {
    await kiosk()
    await lock.unlock('1234')
    expect(lock.settingsStatus).toMatchObject({ locked: true, retryInMs: 1000 })
    clock.turn(1000)
    await lock.unlock('2468')
    expect(lock.settingsStatus).toMatchObject({ locked: false, retryInMs: undefined })
  })

  it('makes whoever guesses wait longer each time, up to a minute', async () => {
    await kiosk()
    const delays: (number | undefined)[] = []
    for (let n = 0; n < 8; n += 1) {
      await lock.unlock('0000')
      const { retryInMs = 0 } = lock.settingsStatus
      delays.push(retryInMs)
      clock.turn(retryInMs)
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
  })

  it('does not listen while the delay runs, nor forget it', async () => {
    await kiosk()
    await lock.unlock('0000')
    clock.turn(999)
    await lock.unlock('2468')
    expect(lock.settingsStatus).toMatchObject({ locked: true, retryInMs: 1 })
  })

  it('does not try many PINs at the price of one', async () => {
    await kiosk()
    await Promise.all(['0000', '1111', '2468'].map((pin) => lock.unlock(pin)))
    expect(lock.locked).toBe(true)
  })

  it('locks behind somebody who walks away, not behind somebody who works', async () => {
    await kiosk()
    await lock.unlock('2468')
    clock.turn(4 * 60_000)
    lock.touch()
    clock.turn(4 * 60_000)
    expect(lock.locked).toBe(false)
    clock.turn(60_000)
    expect(lock.locked).toBe(true)
  })

  it('opens when the owner has taken the PIN away on the command line', async () => {
    await kiosk()
    const commandLine = await SettingsStore.open(folder.path('data'))
    await commandLine.update({ pin: '' })
    await lock.unlock('0000')
    expect(lock.settingsStatus).toMatchObject({
      locked: false,
      settings: { hasPin: false, kiosk: true },
    })
  })

  it('tells screens nothing of the PIN but that there is one', async () => {
    await kiosk()
    expect(settings.current.pin).toBeDefined()
    expect(Object.keys(lock.settingsStatus.settings)).toEqual([
      'kiosk',
      'hasPin',
      'autostart',
      'recording',
      'retention',
      'labels',
    ])
  })
})
