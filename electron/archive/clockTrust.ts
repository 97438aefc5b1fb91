import type { Problem } from '../core/ports.ts'

const DAY_MS = 86_400_000

/** Before Roadward existed: a clock without a battery counts from 1970, or from its maker's date. */
export const EARLIEST_MS = Date.UTC(2024, 0, 1)

/** Ours: a vehicle that stands for longer has a clock that has to prove itself again. */
const LEAP_MS = 7 * DAY_MS

/** A clock that is set late at each start shows the same time each time; one that runs has moved on. */
const MOVED_MS = 3_600_000

/** Ours: so many starts must agree on another time before it is believed. */
const STARTS = 3

/** What is remembered of this computer's clock between starts; ms since 1970. */
export interface ClockTrust {
  /** The last time that was believed. */
  readonly trustedMs: number | undefined
  /** Another time, and how many starts have confirmed it. */
  readonly candidateMs: number | undefined
  readonly starts: number
}

export const NO_TRUST: ClockTrust = { trustedMs: undefined, candidateMs: undefined, starts: 0 }

export interface ClockCheck {
  readonly trust: ClockTrust
  /** Why no drive may be removed for its age now. */
  readonly problem: Problem | undefined
}

/**
 * Whether the clock may decide about the age of drives. A leap, forward or back, or a date before
 * Roadward existed, may be a clock that is wrong: it has to be confirmed by later starts.
 *
 * @param isStart whether this is the first look of a process
 */
export function checkClock(before: ClockTrust, nowMs: number, isStart: boolean): ClockCheck {
  const { trustedMs, candidateMs, starts } = before
  if (nowMs < EARLIEST_MS) return { trust: before, problem: implausible(nowMs, trustedMs) }
  const near = (ms: number): boolean => nowMs >= ms - DAY_MS && nowMs - ms <= LEAP_MS
  if (trustedMs === undefined || near(trustedMs)) {
    const trust = { ...NO_TRUST, trustedMs: Math.max(nowMs, trustedMs ?? nowMs) }
    return { trust, problem: undefined }
  }
  const confirms = candidateMs !== undefined && near(candidateMs)
  const moved = candidateMs !== undefined && nowMs - candidateMs >= MOVED_MS
  const counted = confirms ? starts + (isStart && moved ? 1 : 0) : 1
  if (counted >= STARTS) return { trust: { ...NO_TRUST, trustedMs: nowMs }, problem: undefined }
  const candidate = confirms && !(isStart && moved) ? candidateMs : nowMs
  return {
    trust: { trustedMs, candidateMs: candidate, starts: counted },
    problem: implausible(nowMs, trustedMs),
  }
}

function implausible(nowMs: number, trustedMs: number | undefined): Problem {
  const last = trustedMs === undefined ? '' : `, but it was ${day(trustedMs)} when last looked at`
  return {
    severity: 'warning',
    code: 'clock-implausible',
    message: `The clock of this computer says ${day(nowMs)}${last}. No drive is removed for its age until the clock has proved right.`,
    tip: 'Check date and time of this computer, and the battery of its clock.',
  }
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
