import { isLatched } from './alertEpisode.ts'
import { unsafeOf } from './belief.ts'
import type { Millis } from '../frame.ts'
import { CLASSES } from '../labels.ts'
import type { ClassId } from '../labels.ts'
import { rank } from './level.ts'
import type { Level } from './level.ts'
import type { MonitorState } from './monitorState.ts'
import type { Preset } from './preset.ts'
import { capOf, progressOf, ruleInputOf } from './rules.ts'
import type { ThresholdProgress } from './rules.ts'
import { cumulativeMs, cumulativeRule } from './timers.ts'
import type { DriverState } from './driverState.ts'
import type { BlindReason } from './view.ts'

/** What a screen shows between events. */
export interface MonitorStatus {
  readonly driver: DriverState
  /** Set while `driver` is `blind`. */
  readonly blindReason: BlindReason | undefined
  /** Likeliest of the ten classes after smoothing; undefined before the first judged frame. */
  readonly top: ClassId | undefined
  /** Smoothed P(unsafe). */
  readonly unsafe: number | undefined
  /** The alert that is up. It may outlive the state that raised it until it is cleared. */
  readonly level: Level | undefined
  readonly class: ClassId | undefined
  readonly rule: string | undefined
  readonly sinceMs: Millis | undefined
  readonly acknowledged: boolean
  /** The alert ends only after it has been acknowledged. */
  readonly latched: boolean
  readonly lockedOut: boolean
  /** Time in any unsafe class. */
  readonly dwellMs: Millis
  /** The threshold that would raise the level soonest. */
  readonly next:
    | {
        readonly level: Level
        readonly rule: string
        readonly elapsedMs: Millis
        readonly thresholdMs: Millis
      }
    | undefined
  readonly cumulative:
    { readonly usedMs: Millis; readonly allowedMs: Millis; readonly windowMs: Millis } | undefined
  /** Attentive time so far, and how much of it ends an alert. */
  readonly attentiveMs: Millis
  readonly clearMs: Millis
  /** Where alerts stop at the present speed; `off`: the preset does not monitor at this speed. */
  readonly cap: Level | 'off' | undefined
}

/** Reads a state for the screens. */
export function status(preset: Preset, state: MonitorState): MonitorStatus {
  const { driver, belief, alert, timers } = state
  const rule = cumulativeRule(preset)
  return {
    driver,
    blindReason: state.blindReason,
    top: belief === undefined ? undefined : likeliest(belief.probabilities),
    unsafe: belief === undefined ? undefined : unsafeOf(belief),
    level: alert?.level,
    class: alert?.class,
    rule: alert?.rule,
    sinceMs: alert?.sinceMs,
    acknowledged: alert?.acknowledged ?? false,
    latched: isLatched(preset, alert),
    lockedOut: state.lockOut.locked,
    dwellMs: timers.unsafeMs,
    next: nextStep(preset, state),
    cumulative:
      rule === undefined
        ? undefined
        : {
            usedMs: cumulativeMs(timers, rule),
            allowedMs: rule.allowedMs,
            windowMs: rule.windowMs,
          },
    attentiveMs: timers.attentiveMs,
    clearMs: preset.clearMs,
    cap: capOf(preset, state.speedKmh),
  }
}

function nextStep(preset: Preset, state: MonitorState): MonitorStatus['next'] {
  const input = ruleInputOf(preset, state)
  const ahead = preset.rules
    .flatMap((rule) => progressOf(rule, input))
    .filter(({ level }) => rank(level) > rank(state.alert?.level))
    .toSorted((a, b) => remaining(a) - remaining(b))
    .at(0)
  if (ahead === undefined) return undefined
  const { level, rule, elapsedMs, thresholdMs } = ahead
  return { level, rule, elapsedMs, thresholdMs }
}

function remaining({ elapsedMs, thresholdMs }: ThresholdProgress): Millis {
  return thresholdMs - elapsedMs
}

function likeliest(probabilities: readonly number[]): ClassId | undefined {
  return CLASSES[probabilities.indexOf(Math.max(...probabilities))]
}
