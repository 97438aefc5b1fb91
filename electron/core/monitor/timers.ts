import type { Millis } from '../frame.ts'
import { CLASSES } from '../labels.ts'
import type { ClassId } from '../labels.ts'
import type { DriverState } from './driverState.ts'
import type { CumulativeRule, DwellRule, GradualRecovery, Preset } from './preset.ts'
import type { Streak } from './streak.ts'
import { reached } from './reached.ts'
import { addInterval, usedWithin } from './window.ts'
import type { Interval } from './window.ts'

/** Unsafe time spent on one class, or on one rule's list of classes. */
interface ClassTimer {
  readonly ms: Millis
  /** Unsafe time since it was last on top; past the filter's `flickerMs` the timer starts afresh. */
  readonly offMs: Millis
}

/** All counted time. Counters, not dates: a counter can stand still while nobody knows better. */
export interface Timers {
  /** Time in any unsafe class: the episode goes on when the class changes. */
  readonly unsafeMs: Millis
  /** Unsafe time so far that the frames themselves no longer confirm; counts if they do again. */
  readonly pendingMs: Millis
  /** Attentive time since the last unsafe frame. */
  readonly attentiveMs: Millis
  /** Frame time of the first frame of the unsafe stretch. */
  readonly onsetMs: Millis | undefined
  /** Unsafe class on top when unsafe time was last counted. */
  readonly top: ClassId | undefined
  /** By class id, and by rule id for dwell rules with a list of classes. */
  readonly classTimers: Readonly<Record<string, ClassTimer>>
  /** Clock of known time, on which the cumulative window slides. */
  readonly watchedMs: Millis
  readonly window: readonly Interval[]
}

const NO_EPISODE = { onsetMs: undefined, top: undefined, classTimers: {} }

export const NO_TIME: Timers = {
  unsafeMs: 0,
  pendingMs: 0,
  attentiveMs: 0,
  ...NO_EPISODE,
  watchedMs: 0,
  window: [],
}

/** Nothing is known of the time before; the clock of watched time goes on. */
export function beginAfresh({ watchedMs }: Timers): Timers {
  return { ...NO_TIME, watchedMs }
}

/** One frame that is unsafe by itself and by the smoothed belief. */
export interface UnsafeFrame {
  readonly streak: Streak
  /** Unsafe time that it adds: see `unsafeTime`. */
  readonly addedMs: Millis
  /** The driver state became unsafe with this frame. */
  readonly entered: boolean
  /** Likeliest unsafe class by the smoothed belief. */
  readonly top: ClassId
  /** Unsafe time at which gradual recovery counts awareness as used up. */
  readonly fullMs: Millis
}

/** One frame that is safe by itself and by the smoothed belief. */
export interface AttentiveFrame {
  readonly addedMs: Millis
  readonly alerting: boolean
  /** The alert waits for the driver to act: attention alone recovers nothing. */
  readonly latched: boolean
  readonly fullMs: Millis
}

/** On entering the unsafe state the whole streak counts, afterwards each step and what was pending. */
export function unsafeTime(
  timers: Timers,
  frame: { readonly from: DriverState; readonly streak: Streak; readonly stepMs: Millis },
): Millis {
  const { from, streak, stepMs } = frame
  return from === 'unsafe' ? timers.pendingMs + stepMs : streak.elapsedMs
}

/** Counts an unsafe frame. */
export function countUnsafe(timers: Timers, preset: Preset, frame: UnsafeFrame): Timers {
  const sum = timers.unsafeMs + frame.addedMs
  return {
    ...timers,
    unsafeMs: preset.recovery.kind === 'gradual' ? Math.min(sum, frame.fullMs) : sum,
    pendingMs: 0,
    attentiveMs: 0,
    onsetMs: timers.onsetMs ?? frame.streak.sinceMs,
    top: frame.top,
    classTimers: advanceClassTimers(timers, preset, frame),
    window: extendWindow(timers, preset, frame.addedMs),
  }
}

/**
 * Counts the time up to the frame that ended an unsafe streak, for the window only: a glance away lasts
 * until the first frame that shows the road again, or slow frame rates would count too little.
 */
export function endGlance(timers: Timers, preset: Preset, stepMs: Millis): Timers {
  return { ...timers, window: extendWindow(timers, preset, stepMs) }
}

/** Counts an attentive frame. While an alert is up the timers wait for its clearing. */
export function countAttentive(timers: Timers, preset: Preset, frame: AttentiveFrame): Timers {
  const { addedMs, alerting, latched, fullMs } = frame
  const attentiveMs = timers.attentiveMs + addedMs
  const resetMs = cumulativeRule(preset)?.resetMs ?? Infinity
  const window = reached(attentiveMs, resetMs) ? [] : timers.window
  const attentive = { ...timers, pendingMs: 0, attentiveMs, window }
  if (latched) return attentive
  const { recovery } = preset
  if (recovery.kind === 'gradual') {
    const unsafeMs = recover(timers.unsafeMs, recovery, addedMs, fullMs)
    return alerting ? { ...attentive, unsafeMs } : { ...attentive, ...NO_EPISODE, unsafeMs }
  }
  return alerting ? attentive : { ...attentive, ...NO_EPISODE, unsafeMs: 0 }
}

/** After the clearing of an alert: only gradual recovery leaves something behind. */
export function clearTimers(timers: Timers, preset: Preset, spendWindow: boolean): Timers {
  return {
    ...timers,
    unsafeMs: preset.recovery.kind === 'reset' ? 0 : timers.unsafeMs,
    ...NO_EPISODE,
    window: spendWindow ? [] : timers.window,
  }
}

/** Unsafe time of one class, or of one rule's classes, in this episode. */
export function classTimerMs(timers: Timers, key: string): Millis {
  return timers.classTimers[key]?.ms ?? 0
}

/** Unsafe time within the rule's window. */
export function cumulativeMs(timers: Timers, rule: CumulativeRule): Millis {
  return usedWithin(timers.window, timers.watchedMs, rule.windowMs)
}

export function cumulativeRule(preset: Preset): CumulativeRule | undefined {
  return preset.rules.find((rule) => rule.kind === 'cumulative')
}

function extendWindow(timers: Timers, preset: Preset, addedMs: Millis): readonly Interval[] {
  const rule = cumulativeRule(preset)
  if (rule === undefined) return timers.window
  const added = { fromMs: timers.watchedMs - addedMs, toMs: timers.watchedMs }
  return addInterval(timers.window, added, rule.windowMs)
}

function advanceClassTimers(
  timers: Timers,
  preset: Preset,
  frame: UnsafeFrame,
): Readonly<Record<string, ClassTimer>> {
  const { streak, top, entered, addedMs } = frame
  const before = entered ? undefined : timers.top
  // A class that has just come to the top of the smoothed belief led its own frames before.
  const lateMs = streak.top === top ? streak.topMs : 0
  const advance = (key: string, classes: readonly ClassId[]): readonly [string, ClassTimer] => {
    const { ms, offMs } = timers.classTimers[key] ?? { ms: 0, offMs: 0 }
    if (classes.includes(top)) {
      const on = before !== undefined && classes.includes(before)
      return [key, { ms: ms + (on ? addedMs : lateMs), offMs: 0 }]
    }
    const awayMs = offMs + addedMs
    return [key, awayMs >= preset.filter.flickerMs ? { ms: 0, offMs: 0 } : { ms, offMs: awayMs }]
  }
  const ofClasses = CLASSES.slice(1).map((id) => advance(id, [id]))
  const ofRules = preset.rules.filter(isListed).map((rule) => advance(rule.id, rule.classes))
  return Object.fromEntries(
    [...ofClasses, ...ofRules].filter(([, timer]) => timer.ms > 0 || timer.offMs > 0),
  )
}

type ListedRule = DwellRule & { readonly classes: readonly ClassId[] }

function isListed(rule: Preset['rules'][number]): rule is ListedRule {
  return rule.kind === 'dwell' && rule.classes !== 'unsafe'
}

/**
 * What attention leaves of the unsafe time. openpilot's awareness is `1 - unsafe / full`; it
 * recovers at a rate that grows linearly from `slowest` at full awareness to `fastest` at none,
 * here integrated exactly so that the frame rate does not matter.
 */
function recover(
  unsafeMs: Millis,
  { slowest, fastest }: GradualRecovery,
  addedMs: Millis,
  fullMs: Millis,
): Millis {
  const slope = fastest - slowest
  const lag = slowest / slope
  const left = (unsafeMs / fullMs + lag) * Math.exp((-slope * addedMs) / fullMs) - lag
  return Math.max(0, left * fullMs)
}
