import type { Millis, ViewStats } from '../frame.ts'
import { advanceClock } from './clock.ts'
import type { Running } from './monitorState.ts'
import { blindNotice, RESTORED } from './notices.ts'
import type { Preset } from './preset.ts'
import { reached } from './reached.ts'
import { NO_OPINION } from './stability.ts'
import { quietly, type StepResult } from './stepResult.ts'
import { checkView, type BlindReason } from './view.ts'

/** One frame, as far as it matters whether the driver can be seen. */
export interface ArrivedFrame {
  readonly tMs: Millis
  readonly view: ViewStats
  /** Whether the ensemble judged it. */
  readonly judged: boolean
  readonly speedKmh: number | undefined
}

/** Whether anybody is watching. */
export interface Availability extends StepResult {
  /** Whether the frame shows the driver and was judged. */
  readonly usable: boolean
}

/** Takes a frame: lets the time up to it pass, checks its view, and tells what has changed. */
export function takeFrame(preset: Preset, state: Running, frame: ArrivedFrame): Availability {
  const { tMs, speedKmh } = frame
  const elapsed = elapse(preset, state, tMs)
  const clock = advanceClock(elapsed.state.clock, tMs, preset.filter)
  const stepMs = Math.min(clock.intervalMs, clock.longestStepMs)
  const view = checkView(elapsed.state.view, frame.view, preset.filter.view, stepMs)
  const seen: Running = { ...elapsed.state, view, clock, speedKmh }
  const usable = frame.judged && view.fault === undefined
  const told = usable ? restored(seen) : explainBlindness(seen)
  return { usable, state: told.state, events: [...elapsed.events, ...told.events] }
}

/**
 * Lets time pass without a usable frame. Events carry the time at which the limit was passed, not
 * the time of the call: a live clock tick and the next frame of a recording tell the same.
 */
export function elapse(preset: Preset, state: Running, tMs: Millis): StepResult {
  const unusable = elapseUnusable(preset, state, tMs)
  const unseen = elapseUnseen(preset, unusable.state, tMs)
  return { state: unseen.state, events: [...unusable.events, ...unseen.events] }
}

/** Frames came, but none that could be used; its limit passes before that of frames that stay away. */
function elapseUnusable(preset: Preset, state: Running, tMs: Millis): StepResult {
  const { view, driver, blindReason, clock } = state
  const { gapLimitMs } = preset.filter
  const watching = driver !== 'blind' || blindReason === 'starting'
  if (!watching || clock.usableMs >= clock.frameMs || !reached(tMs - clock.usableMs, gapLimitMs)) {
    return quietly(state)
  }
  return goBlind(state, view.fault ?? 'unjudged', clock.usableMs + gapLimitMs)
}

function elapseUnseen(preset: Preset, state: Running, tMs: Millis): StepResult {
  const { frameMs } = state.clock
  const { gapLimitMs } = preset.filter
  const waiting = !reached(tMs - frameMs, gapLimitMs)
  if (waiting || state.blindReason === 'no-frames') return quietly(state)
  return goBlind(state, 'no-frames', frameMs + gapLimitMs)
}

/** Nobody is watching, or for another reason than before. Timers keep what they hold. */
function goBlind(state: Running, reason: BlindReason, tMs: Millis): StepResult {
  const notice = { kind: 'notice', tMs, problem: blindNotice(reason) } as const
  const blind: Running = {
    ...state,
    driver: 'blind',
    blindReason: reason,
    streak: undefined,
    stability: NO_OPINION,
    timers: { ...state.timers, pendingMs: 0 },
  }
  if (state.driver === 'blind') return { state: blind, events: [notice] }
  const from = state.driver
  const sinceMs = state.clock.usableMs
  const changed = { kind: 'state-changed', from, to: 'blind', reason, tMs, sinceMs } as const
  return { state: blind, events: [changed, notice] }
}

/** A blind monitor that gets frames again, but still cannot use them, gives the reason it has now. */
function explainBlindness(state: Running): StepResult {
  const { driver, blindReason, clock, view } = state
  const reason = view.fault ?? 'unjudged'
  const same = blindReason === reason || blindReason === 'starting'
  return driver !== 'blind' || same ? quietly(state) : goBlind(state, reason, clock.frameMs)
}

/** With the first usable frame; nothing is told when the monitor has just started. */
function restored(state: Running): StepResult {
  if (state.driver !== 'blind' || state.blindReason === 'starting') return quietly(state)
  return { state, events: [{ kind: 'notice', tMs: state.clock.frameMs, problem: RESTORED }] }
}
