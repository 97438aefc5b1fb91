import { clear, countCriticalTime, isLatched, raise } from './alert.ts'
import { topUnsafe } from './belief.ts'
import { isUncertain } from './doubt.ts'
import type { Judgement } from './judge.ts'
import { rank } from './level.ts'
import type { Level } from './level.ts'
import type { AlertState, MonitorState, Running } from './monitorState.ts'
import type { Preset } from './preset.ts'
import { capped, findLevel, lastStepMs } from './rules.ts'
import type { Situation } from './rules.ts'
import type { Step } from './sight.ts'
import { closeLook, countAttentive, countUnsafe, unsafeTime } from './timers.ts'
import type { Timers } from './timers.ts'

/** Counts the time of one judged frame and acts on it. */
export function applyPolicy(
  preset: Preset,
  state: Running,
  judgement: Judgement,
  cap: Level | 'off' | undefined,
): Step {
  const critical = countCriticalTime(preset, state, judgement.stepMs, judgement.tMs)
  const acted = act(preset, critical.state, judgement, cap)
  return { state: acted.state, events: [...critical.events, ...acted.events] }
}

/**
 * Time counts only when the state, the smoothed belief and the frame itself agree. Between the
 * thresholds, and while unsure, every timer stands still: it neither starts an alert nor clears one.
 */
function act(
  preset: Preset,
  state: Running,
  judgement: Judgement,
  cap: Level | 'off' | undefined,
): Step {
  const { driver, smoothedVerdict, freshVerdict, stepMs } = judgement
  if (driver === 'unsure') return hold(state)
  if (driver === 'unsafe' && cap === 'off') return hold(state)
  const limit = cap === 'off' ? undefined : cap
  const held = driver === 'unsafe' && isHeld(preset, state, limit)
  const watched = held ? state : endLook(preset, watch(state, stepMs), judgement)
  if (driver !== smoothedVerdict) return hold(watched)
  if (driver === 'safe') {
    return freshVerdict === 'safe' ? attend(preset, watched, judgement) : hold(watched)
  }
  if (freshVerdict === 'unsafe') {
    return alarm(preset, held ? watched : dwell(preset, watched, judgement), judgement, limit)
  }
  // The step up to here is not lost: it counts when the next frame is unsafe again.
  const pendingMs = held ? 0 : watched.timers.pendingMs + stepMs
  return { state: setTimers(watched, { pendingMs }), events: [] }
}

/** At the cap the timers wait at the next level's door: moving off raises it at once. */
function isHeld(preset: Preset, state: Running, cap: Level | undefined): boolean {
  if (cap === undefined) return false
  return rank(findLevel(preset, situationOf(preset, state))?.level) > rank(cap)
}

/** A run of unsafe frames ends with this frame, which is sure of it. */
function endLook(preset: Preset, state: Running, judgement: Judgement): Running {
  const { ended, from, freshVerdict, stepMs } = judgement
  const looked = from === 'unsafe' && ended?.verdict === 'unsafe'
  if (!looked || freshVerdict === 'unsure') return state
  return { ...state, timers: closeLook(state.timers, preset, stepMs) }
}

function hold(state: Running): Step {
  return { state: setTimers(state, { pendingMs: 0 }), events: [] }
}

/** The driver looks at the road. */
function attend(preset: Preset, state: Running, { run, from, stepMs, tMs }: Judgement): Step {
  const { alert } = state
  const situation = situationOf(preset, state)
  const timers = countAttentive(state.timers, preset, {
    addedMs: from === 'safe' ? stepMs : run.elapsedMs,
    alerting: alert !== undefined,
    latched: isLatched(preset, alert),
    fullMs: lastStepMs(preset, situation),
  })
  const answered = alert === undefined ? undefined : { ...alert, unansweredMs: 0 }
  return clear(preset, { ...state, timers, alert: answered }, { ...situation, timers }, tMs)
}

/** The driver does not: unsafe time is counted. */
function dwell(preset: Preset, state: Running, judgement: Judgement): Running {
  const { run, from, stepMs, belief } = judgement
  const entered = from !== 'unsafe'
  const addedMs = unsafeTime(state.timers, run, entered, stepMs)
  const fullMs = lastStepMs(preset, situationOf(preset, state))
  const frame = { run, addedMs, entered, top: topUnsafe(belief), fullMs }
  const timers = countUnsafe(state.timers, preset, frame)
  return { ...state, timers, alert: age(state.alert, addedMs) }
}

function alarm(preset: Preset, state: Running, judgement: Judgement, cap: Level | undefined): Step {
  const { tMs, fresh, belief, run } = judgement
  const situation = situationOf(preset, state)
  const found = isMuted(preset, state, situation)
    ? undefined
    : capped(findLevel(preset, situation), cap)
  return raise(preset, state, situation, found, { tMs, fresh, belief, runSinceMs: run.sinceMs })
}

/** The same class raised an alert a moment ago, and a new episode of it keeps quiet for a while. */
function isMuted(preset: Preset, state: Running, { top }: Situation): boolean {
  const { sameClassGapMs = 0 } = preset
  const raisedMs = state.raisedAt[top] ?? -Infinity
  return state.alert === undefined && state.timers.watchedMs - raisedMs < sameClassGapMs
}

/** What the rules see of a state. */
export function situationOf(preset: Preset, state: MonitorState): Situation {
  const { timers, belief, speedKmh, doubt, alert } = state
  const top = belief === undefined ? 'c1' : topUnsafe(belief)
  return { timers, top, speedKmh, uncertain: isUncertain(doubt, preset.doubt), alert }
}

function age(alert: AlertState | undefined, byMs: number): AlertState | undefined {
  if (alert === undefined) return undefined
  return { ...alert, unansweredMs: alert.unansweredMs + byMs, untoldMs: alert.untoldMs + byMs }
}

function watch(state: Running, stepMs: number): Running {
  return setTimers(state, { watchedMs: state.timers.watchedMs + stepMs })
}

function setTimers(state: Running, change: Partial<Timers>): Running {
  return { ...state, timers: { ...state.timers, ...change } }
}
