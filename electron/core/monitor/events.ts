import type { Millis } from '../frame.ts'
import type { ClassId } from '../labels.ts'
import type { Level } from './level.ts'
import type { Problem } from '../ports.ts'
import type { DriverState } from './driverState.ts'
import type { BlindReason } from './view.ts'

/** Why an alert was raised: enough to check it by hand. All times in counted milliseconds. */
export interface Explanation {
  readonly preset: string
  readonly rule: string
  readonly threshold: { readonly value: number; readonly unit: 'ms' }
  readonly timers: {
    /** The timer that reached the threshold. */
    readonly ruleMs: Millis
    /** Continuous time in any unsafe class. */
    readonly unsafeMs: Millis
    /** Time in the alert's class. */
    readonly classMs: Millis
    /** Time used of the cumulative window; undefined where the preset has none. */
    readonly cumulativeMs: Millis | undefined
  }
  /** Ten probabilities of the frame, and after smoothing. */
  readonly probabilities: readonly number[]
  readonly smoothed: readonly number[]
  /** Smoothed P(unsafe). */
  readonly unsafe: number
  readonly speedKmh: number | undefined
}

export interface AlertEvent {
  readonly kind: 'alert'
  readonly level: Level
  /** Likeliest unsafe class at the time. */
  readonly class: ClassId
  /** The rule's id, `class-changed` or `repeat`. */
  readonly rule: string
  readonly tMs: Millis
  /** First frame of the unsafe stretch, dated back over filter lag. */
  readonly sinceMs: Millis
  /** The driver has acknowledged this level: show it, but make no sound. */
  readonly acknowledged: boolean
  /** For the cab only; no event is recorded. */
  readonly cabOnly: boolean
  readonly explanation: Explanation
}

interface ClearedEvent {
  readonly kind: 'cleared'
  readonly tMs: Millis
  readonly sinceMs: Millis
  /** Highest level of the episode, and what last raised or renamed it. */
  readonly level: Level
  readonly class: ClassId
  readonly rule: string
  readonly acknowledged: boolean
}

interface StateChangedEvent {
  readonly kind: 'state-changed'
  readonly from: DriverState
  readonly to: DriverState
  /** Set when `to` is `blind`. */
  readonly reason: BlindReason | undefined
  readonly tMs: Millis
  /** First frame of the run that led here; for `blind` the last moment the driver was seen. */
  readonly sinceMs: Millis
}

interface NoticeEvent {
  readonly kind: 'notice'
  readonly tMs: Millis
  readonly problem: Problem
}

/** What the monitor has to tell, in order of time. */
export type MonitorEvent = AlertEvent | ClearedEvent | StateChangedEvent | NoticeEvent
