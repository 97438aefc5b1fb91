import type { MonitorEvent } from './events.ts'
import type { Millis } from '../frame.ts'
import type { MonitorState, Running } from './monitorState.ts'
import { blindNotice, clockNotice, RESTORED } from './notices.ts'
import type { Preset } from './preset.ts'
import { UNSETTLED } from './settling.ts'
import type { BlindReason } from './view.ts'

/** A state, and what had to be told on the way to it. */
export interface Step {
  readonly state: Running
  readonly events: readonly MonitorEvent[]
}

/** The first input starts the clock: from now on somebody ought to be watching. */
export function start(state: MonitorState, tMs: Millis): Running {
  return { ...state, clock: state.clock ?? { frameMs: tMs, usableMs: tMs } }
}

/**
 * Lets time pass without a usable frame. Events carry the time at which the limit was passed, not
 * the time of the call: a live clock tick and the next frame of a recording tell the same.
 */
export function elapse(preset: Preset, state: Running, tMs: Millis): Step {
  const unusable = elapseUnusable(preset, state, tMs)
  const unseen = elapseUnseen(preset, unusable.state, tMs)
  return { state: unseen.state, events: [...unusable.events, ...unseen.events] }
}

/** Frames came, but none that could be used; its limit passes before that of frames that stay away. */
function elapseUnusable(preset: Preset, state: Running, tMs: Millis): Step {
  const { view, driver, blindReason, clock } = state
  const { gapLimitMs } = preset.filter
  const watching = driver !== 'blind' || blindReason === 'starting'
  if (!watching || clock.usableMs >= clock.frameMs || tMs - clock.usableMs < gapLimitMs) {
    return { state, events: [] }
  }
  return goBlind(state, view.fault ?? 'unjudged', clock.usableMs + gapLimitMs)
}

function elapseUnseen(preset: Preset, state: Running, tMs: Millis): Step {
  const { frameMs } = state.clock
  const { gapLimitMs } = preset.filter
  if (tMs - frameMs < gapLimitMs || state.blindReason === 'no-frames') return { state, events: [] }
  return goBlind(state, 'no-frames', frameMs + gapLimitMs)
}

/** Nobody is watching, or for another reason than before. Timers keep what they hold. */
export function goBlind(state: Running, reason: BlindReason, tMs: Millis): Step {
  const notice = { kind: 'notice', tMs, problem: blindNotice(reason) } as const
  const blind: Running = {
    ...state,
    driver: 'blind',
    blindReason: reason,
    run: undefined,
    settling: UNSETTLED,
    timers: { ...state.timers, pendingMs: 0 },
  }
  if (state.driver === 'blind') return { state: blind, events: [notice] }
  const from = state.driver
  const sinceMs = state.clock.usableMs
  const changed = { kind: 'state-changed', from, to: 'blind', reason, tMs, sinceMs } as const
  return { state: blind, events: [changed, notice] }
}

/** What is told with the first usable frame; nothing when the monitor has just started. */
export function restoredEvents(state: Running, tMs: Millis): readonly MonitorEvent[] {
  if (state.driver !== 'blind' || state.blindReason === 'starting') return []
  return [{ kind: 'notice', tMs, problem: RESTORED }]
}

/**
 * A frame from before the last one: the clock was set back. Everything dated moves along, so that
 * what has been counted stays counted and the jump itself counts as nothing.
 */
export function followClock(preset: Preset, state: Running, tMs: Millis): Step {
  const { run, alert, timers } = state
  const { frameMs, usableMs } = state.clock
  if (tMs >= frameMs) return { state, events: [] }
  const byMs = tMs - frameMs
  const onsetMs = timers.onsetMs === undefined ? undefined : timers.onsetMs + byMs
  const moved: Running = {
    ...state,
    clock: { frameMs: tMs, usableMs: usableMs + byMs },
    run: run === undefined ? undefined : { ...run, sinceMs: run.sinceMs + byMs },
    alert: alert === undefined ? undefined : { ...alert, sinceMs: alert.sinceMs + byMs },
    timers: { ...timers, onsetMs },
  }
  // Frames that arrive slightly out of order are not worth a word.
  const told = -byMs > preset.filter.maxStepMs
  const problem = clockNotice(frameMs, tMs)
  return { state: moved, events: told ? [{ kind: 'notice', tMs, problem }] : [] }
}
