import type { Belief } from './belief.ts'
import { CERTAIN } from './uncertainty.ts'
import type { UncertaintyState } from './uncertainty.ts'
import type { Millis } from '../frame.ts'
import type { ClassId } from '../labels.ts'
import type { Level } from './level.ts'
import type { Streak } from './streak.ts'
import { NO_OPINION } from './stability.ts'
import type { Stability } from './stability.ts'
import { NO_TIME } from './timers.ts'
import type { Timers } from './timers.ts'
import type { DriverState } from './driverState.ts'
import { INITIAL_VIEW } from './view.ts'
import type { BlindReason, ViewState } from './view.ts'

/** The alert that is up. */
export interface AlertState {
  readonly level: Level
  /** What last raised or renamed it. */
  readonly rule: string
  readonly class: ClassId
  readonly cabOnly: boolean
  /** First frame of the unsafe stretch. */
  readonly sinceMs: Millis
  /** The driver has silenced this level; a higher one speaks again. */
  readonly acknowledged: boolean
  /** Unsafe time since the level rose, without a look at the road. */
  readonly unansweredMs: Millis
  /** Unsafe time since the last alert event. */
  readonly untoldMs: Millis
  /** Every rule that raised it. */
  readonly rules: readonly string[]
}

/** Towards the lock-out of a drive with too many critical alerts. */
export interface LockOutState {
  readonly alerts: number
  readonly criticalMs: Millis
  readonly locked: boolean
}

/** Frame times; the first input stands for the frames before it. */
export interface Clock {
  /** Of the last frame. */
  readonly frameMs: Millis
  /** Of the last frame that was judged. */
  readonly usableMs: Millis
  /** From the frame before the last one to the last one. */
  readonly intervalMs: Millis
  /** The most that the last frame may add to a timer. */
  readonly longestStepMs: Millis
}

/** A monitor that has had its first input. */
export type Running = MonitorState & { readonly clock: Clock }

/** Everything the monitor remembers between inputs, as plain JSON: a snapshot resumes exactly. */
export interface MonitorState {
  /** Id of the preset that the drive began with. */
  readonly preset: string
  readonly driver: DriverState
  /** Why nobody is watching; `starting` before the first frame. */
  readonly blindReason: BlindReason | undefined
  /** Undefined before the first input. */
  readonly clock: Clock | undefined
  readonly view: ViewState
  readonly belief: Belief | undefined
  readonly streak: Streak | undefined
  readonly stability: Stability
  readonly uncertainty: UncertaintyState
  readonly timers: Timers
  readonly alert: AlertState | undefined
  readonly lockOut: LockOutState
  /** Watched time at which each class last raised an alert. */
  readonly raisedAt: Readonly<Record<string, Millis>>
  readonly speedKmh: number | undefined
}

/** Before the first frame: blind, because nobody is watching yet. */
export const INITIAL_STATE: Omit<MonitorState, 'preset'> = {
  driver: 'blind',
  blindReason: 'starting',
  clock: undefined,
  view: INITIAL_VIEW,
  belief: undefined,
  streak: undefined,
  stability: NO_OPINION,
  uncertainty: CERTAIN,
  timers: NO_TIME,
  alert: undefined,
  lockOut: { alerts: 0, criticalMs: 0, locked: false },
  raisedAt: {},
  speedKmh: undefined,
}
