import type { Millis } from '../frame.ts'
import { isLatched } from './alertEpisode.ts'
import { topUnsafe } from './belief.ts'
import type { ClassifiedFrame } from './classification.ts'
import { rank } from './level.ts'
import type { Level } from './level.ts'
import type { Running } from './monitorState.ts'
import type { Preset } from './preset.ts'
import { capOf, findLevel, lastStepMs, ruleInputOf } from './rules.ts'
import { reached } from './reached.ts'
import { beginAfresh, countAttentive, countUnsafe, endGlance, unsafeTime } from './timers.ts'
import type { Timers } from './timers.ts'

/** What one classified frame says of the driver's attention, and the time that it adds. */
export type Attention =
  /** Nobody knows, or the frame itself does not say so: neither starts an alert nor clears one. */
  | { readonly kind: 'unknown' }
  /** The driver looks at the road. */
  | { readonly kind: 'attentive' }
  /** The driver does not. */
  | { readonly kind: 'distracted'; readonly addedMs: Millis; readonly cap: Level | undefined }

export interface CountedFrame {
  readonly state: Running
  readonly attention: Attention
}

const UNKNOWN: Attention = { kind: 'unknown' }

/**
 * Counts the time of one classified frame. Time counts only when the state, the smoothed belief and
 * the frame itself agree. Between the thresholds, and while unsure, every timer stands still.
 */
export function countTime(preset: Preset, before: Running, frame: ClassifiedFrame): CountedFrame {
  const state = afterGap(preset, before, frame)
  const { driver, smoothedClass, frameClass, stepMs } = frame
  const cap = capOf(preset, state.speedKmh)
  if (driver === 'unsure') return stand(state)
  if (driver === 'unsafe' && cap === 'off') return stand(state)
  const limit = cap === 'off' ? undefined : cap
  const held = driver === 'unsafe' && isHeld(preset, state, limit)
  const watched = held ? state : closeGlance(preset, watch(state, watchedMs(frame)), frame)
  if (driver !== smoothedClass) return stand(watched)
  if (driver === 'safe') {
    return frameClass === 'safe' ? attend(preset, watched, frame) : stand(watched)
  }
  if (frameClass === 'unsafe') {
    const distracted = { kind: 'distracted', cap: limit } as const
    if (held) return { state: watched, attention: { ...distracted, addedMs: 0 } }
    const addedMs = unsafeTime(watched.timers, frame)
    const counted = dwell(preset, watched, frame, addedMs)
    return { state: counted, attention: { ...distracted, addedMs } }
  }
  // The step up to here is not lost: it counts when the next frame is unsafe again.
  const pendingMs = held ? 0 : watched.timers.pendingMs + stepMs
  return { state: setTimers(watched, { pendingMs }), attention: UNKNOWN }
}

/**
 * Nobody can say of an hour without pictures that it belonged to one glance; but covering the lens
 * for a moment ends nothing.
 */
function afterGap(preset: Preset, state: Running, { gapMs, from }: ClassifiedFrame): Running {
  const forgotten = from === 'blind' && reached(gapMs, preset.filter.forgetAfterMs)
  return forgotten ? { ...state, timers: beginAfresh(state.timers) } : state
}

/** At the cap the timers wait at the next level's door: moving off raises it at once. */
function isHeld(preset: Preset, state: Running, cap: Level | undefined): boolean {
  if (cap === undefined) return false
  return rank(findLevel(preset, ruleInputOf(preset, state))?.level) > rank(cap)
}

/** A glance away ends with this frame, which is sure of it. */
function closeGlance(preset: Preset, state: Running, frame: ClassifiedFrame): Running {
  const { endedStreak, from, frameClass, stepMs } = frame
  const looked = from === 'unsafe' && endedStreak?.says === 'unsafe'
  if (!looked || frameClass === 'unsure') return state
  return { ...state, timers: endGlance(state.timers, preset, stepMs) }
}

function stand(state: Running): CountedFrame {
  return { state: setTimers(state, { pendingMs: 0 }), attention: UNKNOWN }
}

function attend(preset: Preset, state: Running, frame: ClassifiedFrame): CountedFrame {
  const { streak, from, stepMs } = frame
  const timers = countAttentive(state.timers, preset, {
    addedMs: from === 'safe' ? stepMs : streak.elapsedMs,
    alerting: state.alert !== undefined,
    latched: isLatched(preset, state.alert),
    fullMs: lastStepMs(preset, ruleInputOf(preset, state)),
  })
  return { state: { ...state, timers }, attention: { kind: 'attentive' } }
}

function dwell(preset: Preset, state: Running, frame: ClassifiedFrame, addedMs: Millis): Running {
  const { streak, from, belief } = frame
  const timers = countUnsafe(state.timers, preset, {
    streak,
    addedMs,
    entered: from !== 'unsafe',
    top: topUnsafe(belief),
    fullMs: lastStepMs(preset, ruleInputOf(preset, state)),
  })
  return { ...state, timers }
}

/** What is made up for after doubt was watched, too. */
function watchedMs({ from, streak, stepMs }: ClassifiedFrame): Millis {
  return from === 'unsure' ? Math.max(stepMs, streak.elapsedMs) : stepMs
}

function watch(state: Running, stepMs: Millis): Running {
  return setTimers(state, { watchedMs: state.timers.watchedMs + stepMs })
}

function setTimers(state: Running, change: Partial<Timers>): Running {
  return { ...state, timers: { ...state.timers, ...change } }
}
