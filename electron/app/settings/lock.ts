import { publicSettings, type SettingsNews, type SettingsPatch } from '../../contract/settings.ts'
import type { Millis } from '../../core/frame.ts'
import type { Problem } from '../../core/ports.ts'
import { isPin } from './pin.ts'
import type { SettingsStore } from './settingsStore.ts'

/** Whoever unlocked and walked away has not left the door open for long. */
const IDLE_MS: Millis = 5 * 60_000

/** After the first wrong PIN; doubled with each one more: 10,000 PINs take a week. */
const FIRST_DELAY_MS: Millis = 1000
const LONGEST_DELAY_MS: Millis = 60_000

/** What a locked kiosk answers to whatever is not looking at the drive under way. */
export const LOCKED: Problem = {
  severity: 'warning',
  code: 'locked',
  message: 'This screen is locked.',
  tip: 'Unlock it with the PIN.',
}

/** The clock of the lock; tests turn their own. */
export interface LockClock {
  /** Monotonic. */
  nowMs(): Millis
  /** @returns the cancellation */
  later(ms: Millis, job: () => void): () => void
}

export interface LockParts {
  readonly settings: SettingsStore
  /** Whether this shell can start with the computer, which screens are told. */
  readonly canAutostart: boolean
  readonly clock?: LockClock
}

/** The door of a kiosk: looking and acknowledging are always allowed, all else wants the PIN. */
export class Lock {
  readonly #settings: SettingsStore
  readonly #canAutostart: boolean
  readonly #clock: LockClock
  readonly #listeners = new Set<() => void>()
  #unlocked = false
  #wrong = 0
  #closedUntilMs: Millis = -Infinity
  #stopIdle: (() => void) | undefined

  constructor({ settings, canAutostart, clock = machineClock }: LockParts) {
    this.#settings = settings
    this.#canAutostart = canAutostart
    this.#clock = clock
    settings.subscribe(() => {
      this.#tell()
    })
  }

  get settings(): SettingsStore {
    return this.#settings
  }

  get locked(): boolean {
    const { kiosk, pin } = this.#settings.current
    return kiosk && pin !== undefined && !this.#unlocked
  }

  /** How things stand, for screens. */
  get settingsStatus(): SettingsNews {
    const retryInMs = this.#closedUntilMs - this.#clock.nowMs()
    return {
      settings: publicSettings(this.#settings.current),
      locked: this.locked,
      retryInMs: this.locked && retryInMs > 0 ? retryInMs : undefined,
      canAutostart: this.#canAutostart,
    }
  }

  /**
   * Tries a PIN; the listeners hear what came of it. While the delay after a wrong one runs, none
   * is looked at, also not the right one.
   */
  async unlock(pin: string): Promise<void> {
    // Somebody may have taken the PIN away on the command line.
    await this.#settings.reload()
    const nowMs = this.#clock.nowMs()
    const { pin: known } = this.#settings.current
    if (known !== undefined && nowMs >= this.#closedUntilMs) {
      // Closed before the hash is there: many at once must not be tried at the price of one.
      this.#closedUntilMs = nowMs + this.#delayMs
      this.#wrong += 1
      if (await isPin(pin, known)) this.#open()
    }
    this.#tell()
  }

  /**
   * Changes the settings for somebody who may; a kiosk that this makes stays open to them, until
   * they lock it or walk away.
   * @throws RoadwardError `settings-unusable`
   */
  async change(patch: SettingsPatch): Promise<void> {
    this.#open()
    await this.#settings.update(patch)
  }

  lock(): void {
    this.#unlocked = false
    this.#stopIdle?.()
    this.#tell()
  }

  /** Somebody who may is doing something: the idle time begins again. */
  touch(): void {
    if (!this.#unlocked) return
    this.#stopIdle?.()
    this.#stopIdle = this.#clock.later(IDLE_MS, () => {
      this.lock()
    })
  }

  /** Told after every change of `news`. @returns the unsubscribe */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  get #delayMs(): Millis {
    return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#wrong)
  }

  #open(): void {
    this.#wrong = 0
    this.#closedUntilMs = -Infinity
    this.#unlocked = true
    this.touch()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const machineClock: LockClock = {
  nowMs: () => performance.now(),
  later: (ms, job) => {
    const timer = setTimeout(job, ms)
    // A lock keeps no process alive.
    timer.unref()
    return () => {
      clearTimeout(timer)
    }
  },
}
