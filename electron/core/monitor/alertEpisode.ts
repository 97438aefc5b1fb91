import { unsafeOf } from './belief.ts'
import type { Belief } from './belief.ts'
import type { AlertEvent, Explanation, MonitorEvent } from './events.ts'
import type { Millis } from '../frame.ts'
import { rank } from './level.ts'
import type { AlertState, LockOutState, Running } from './monitorState.ts'
import { LOCKED_OUT } from './notices.ts'
import type { Preset } from './preset.ts'
import { firstStepMs } from './rules.ts'
import type { ThresholdProgress, RuleInput } from './rules.ts'
import type { StepResult } from './stepResult.ts'
import { reached } from './reached.ts'
import { clearTimers, cumulativeMs, cumulativeRule, classTimerMs } from './timers.ts'

/** The frame at which alerts are looked for. */
export interface AlertContext {
  readonly tMs: Millis
  readonly frameBelief: Belief
  readonly belief: Belief
  /** First frame of the run, for an alert without counted unsafe time. */
  readonly streakSinceMs: Millis
}

/** Unsafe time goes by: the alert waits for an answer, and perhaps for being told again. */
export function age(state: Running, byMs: Millis): Running {
  const { alert } = state
  if (alert === undefined) return state
  const { unansweredMs, untoldMs } = alert
  const aged = { ...alert, unansweredMs: unansweredMs + byMs, untoldMs: untoldMs + byMs }
  return { ...state, alert: aged }
}

/** The driver looks at the road: that is an answer. */
export function answer(state: Running): Running {
  const { alert } = state
  return alert === undefined ? state : { ...state, alert: { ...alert, unansweredMs: 0 } }
}

/** The same class raised an alert a moment ago, and a new episode of it keeps quiet for a while. */
export function isMuted(preset: Preset, state: Running, { top }: RuleInput): boolean {
  const { sameClassGapMs = 0 } = preset
  const raisedMs = state.raisedAt[top] ?? -Infinity
  return state.alert === undefined && state.timers.watchedMs - raisedMs < sameClassGapMs
}

/** Raises, renames or repeats the alert after an unsafe frame. */
export function raise(
  preset: Preset,
  state: Running,
  input: RuleInput,
  found: ThresholdProgress | undefined,
  moment: AlertContext,
): StepResult {
  const { alert } = state
  if (found !== undefined && rank(found.level) > rank(alert?.level)) {
    const raised: AlertState = {
      level: found.level,
      rule: found.rule,
      class: input.top,
      cabOnly: found.cabOnly,
      sinceMs: alert?.sinceMs ?? state.timers.onsetMs ?? moment.streakSinceMs,
      acknowledged: false,
      unansweredMs: 0,
      untoldMs: 0,
      rules: [...(alert?.rules ?? []), found.rule],
    }
    const raisedAt = { ...state.raisedAt, [input.top]: state.timers.watchedMs }
    const told = tell(preset, { ...state, raisedAt }, raised, found, input, moment)
    return raised.level === 'critical' ? countCritical(preset, told, moment.tMs) : told
  }
  if (alert === undefined) return { state, events: [] }
  const renaming = changedClass(preset, alert, input)
  if (renaming !== undefined) {
    const renamed = { ...alert, class: input.top, rule: renaming.rule, untoldMs: 0 }
    return tell(preset, state, renamed, renaming, input, moment)
  }
  const { repeatMs = Infinity } = preset
  if (!reached(alert.untoldMs, repeatMs)) return { state, events: [] }
  const repeat = { rule: 'repeat', elapsedMs: alert.untoldMs, thresholdMs: repeatMs }
  return tell(preset, state, { ...alert, untoldMs: 0 }, repeat, input, moment)
}

/** Ends the alert once the driver has been attentive for long enough. */
export function clear(preset: Preset, state: Running, input: RuleInput, tMs: Millis): StepResult {
  const { alert, timers } = state
  if (alert === undefined || isLatched(preset, alert)) return { state, events: [] }
  const recovered = preset.recovery.kind === 'reset' || timers.unsafeMs < firstStepMs(preset, input)
  if (!recovered || !reached(timers.attentiveMs, preset.clearMs)) return { state, events: [] }
  const { level, rule, sinceMs, acknowledged } = alert
  // The driver has been told of the added-up time and has answered: it is not held against them twice.
  const spent = preset.rules.some((r) => r.kind === 'cumulative' && alert.rules.includes(r.id))
  return {
    state: { ...state, alert: undefined, timers: clearTimers(timers, preset, spent) },
    events: [{ kind: 'cleared', tMs, sinceMs, level, class: alert.class, rule, acknowledged }],
  }
}

/** Whether the alert waits for the driver to acknowledge it. */
export function isLatched(preset: Preset, alert: AlertState | undefined): boolean {
  const { latchFrom } = preset
  if (alert === undefined || latchFrom === undefined) return false
  return rank(alert.level) >= rank(latchFrom) && !alert.acknowledged
}

/** Counts time spent at critical, towards the lock-out. */
export function countCriticalTime(
  preset: Preset,
  state: Running,
  stepMs: Millis,
  tMs: Millis,
): StepResult {
  if (state.alert?.level !== 'critical') return { state, events: [] }
  const criticalMs = state.lockOut.criticalMs + stepMs
  return lockOut(preset, { ...state, lockOut: { ...state.lockOut, criticalMs } }, tMs)
}

function countCritical(preset: Preset, { state, events }: StepResult, tMs: Millis): StepResult {
  const alerts = state.lockOut.alerts + 1
  const locked = lockOut(preset, { ...state, lockOut: { ...state.lockOut, alerts } }, tMs)
  return { state: locked.state, events: [...events, ...locked.events] }
}

function lockOut(preset: Preset, state: Running, tMs: Millis): StepResult {
  const limit = preset.lockOut
  const { lockOut: count } = state
  if (limit === undefined || count.locked) return { state, events: [] }
  const over = count.alerts >= limit.alerts || reached(count.criticalMs, limit.criticalMs)
  if (!over) return { state, events: [] }
  const locked: LockOutState = { ...count, locked: true }
  return {
    state: { ...state, lockOut: locked },
    events: [{ kind: 'notice', tMs, problem: LOCKED_OUT }],
  }
}

type Cause = Pick<ThresholdProgress, 'rule' | 'elapsedMs' | 'thresholdMs'>

function changedClass(preset: Preset, alert: AlertState, input: RuleInput): Cause | undefined {
  if (input.top === alert.class) return undefined
  const elapsedMs = classTimerMs(input.timers, input.top)
  const thresholdMs = firstStepMs(preset, input)
  if (!reached(elapsedMs, thresholdMs)) return undefined
  return { rule: 'class-changed', elapsedMs, thresholdMs }
}

function tell(
  preset: Preset,
  state: Running,
  alert: AlertState,
  cause: Cause,
  input: RuleInput,
  moment: AlertContext,
): StepResult {
  const event: AlertEvent = {
    kind: 'alert',
    level: alert.level,
    class: alert.class,
    rule: cause.rule,
    tMs: moment.tMs,
    sinceMs: alert.sinceMs,
    acknowledged: alert.acknowledged,
    cabOnly: alert.cabOnly,
    explanation: explain(preset, cause, input, moment),
  }
  const events: readonly MonitorEvent[] = [event]
  return { state: { ...state, alert }, events }
}

function explain(
  preset: Preset,
  cause: Cause,
  { timers, top, speedKmh }: RuleInput,
  { frameBelief, belief }: AlertContext,
): Explanation {
  const rule = cumulativeRule(preset)
  return {
    preset: preset.id,
    rule: cause.rule,
    threshold: { value: cause.thresholdMs, unit: 'ms' },
    timers: {
      ruleMs: cause.elapsedMs,
      unsafeMs: timers.unsafeMs,
      classMs: classTimerMs(timers, top),
      cumulativeMs: rule === undefined ? undefined : cumulativeMs(timers, rule),
    },
    probabilities: frameBelief.probabilities,
    smoothed: belief.probabilities,
    unsafe: unsafeOf(belief),
    speedKmh,
  }
}
