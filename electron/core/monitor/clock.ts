import type { Millis } from '../frame.ts'
import type { Clock, MonitorState, Running } from './monitorState.ts'
import { clockNotice } from './notices.ts'
import type { FilterSettings, Preset } from './preset.ts'
import { quietly, type StepResult } from './stepResult.ts'

/** Ours: frames of a slow camera come unevenly, by half of their interval. */
const SLACK = 1.5

/** The first input starts the clock: from now on somebody ought to be watching. */
export function startClock(state: MonitorState, tMs: Millis): Running {
  return { ...state, clock: state.clock ?? startAt(tMs) }
}

/**
 * A frame from before the last one: the clock was set back. Everything dated moves along, so that
 * what has been counted stays counted and the jump itself counts as nothing.
 */
export function followClock(preset: Preset, state: Running, tMs: Millis): StepResult {
  const { streak, alert, timers } = state
  const { frameMs, usableMs } = state.clock
  if (tMs >= frameMs) return quietly(state)
  const byMs = tMs - frameMs
  const onsetMs = timers.onsetMs === undefined ? undefined : timers.onsetMs + byMs
  const moved: Running = {
    ...state,
    clock: { ...state.clock, frameMs: tMs, usableMs: usableMs + byMs },
    streak: streak === undefined ? undefined : { ...streak, sinceMs: streak.sinceMs + byMs },
    alert: alert === undefined ? undefined : { ...alert, sinceMs: alert.sinceMs + byMs },
    timers: { ...timers, onsetMs },
  }
  // Frames that arrive slightly out of order are not worth a word.
  const told = -byMs > preset.filter.maxStepMs
  const problem = clockNotice(frameMs, tMs)
  return { state: moved, events: told ? [{ kind: 'notice', tMs, problem }] : [] }
}

/**
 * A frame has come. A longer step than `maxStepMs` is a gap, and a gap counts no more than that;
 * but where the frame before took as long to come, the frame rate is slow, and its time counts.
 */
export function advanceClock(clock: Clock, tMs: Millis, filter: FilterSettings): Clock {
  const slowMs = Math.min(SLACK * clock.intervalMs, filter.gapLimitMs)
  return {
    ...clock,
    frameMs: tMs,
    intervalMs: tMs - clock.frameMs,
    longestStepMs: Math.max(filter.maxStepMs, slowMs),
  }
}

function startAt(tMs: Millis): Clock {
  return { frameMs: tMs, usableMs: tMs, intervalMs: 0, longestStepMs: 0 }
}
