import type { Millis } from '../../../electron/core/frame.ts'

/** The stretch of a drive that the lower lanes show. */
export interface Window {
  readonly fromMs: Millis
  readonly toMs: Millis
}

/** Closer than this single frames would be far apart. */
const SHORTEST_MS: Millis = 2000

/** What a drive opens with: long enough to see an alert with its cause. */
const FIRST_MS: Millis = 120_000

export function firstWindow(durationMs: Millis): Window {
  return fitted(0, FIRST_MS, durationMs)
}

export function wholeWindow(durationMs: Millis): Window {
  return { fromMs: 0, toMs: Math.max(SHORTEST_MS, durationMs) }
}

export function lengthOf({ fromMs, toMs }: Window): Millis {
  return toMs - fromMs
}

/** @param factor under 1 looks closer; `atMs` keeps its place on the screen */
export function zoomed(window: Window, atMs: Millis, factor: number, durationMs: Millis): Window {
  const length = lengthOf(window)
  const next = Math.min(Math.max(length * factor, SHORTEST_MS), Math.max(SHORTEST_MS, durationMs))
  const share = (atMs - window.fromMs) / length
  return fitted(atMs - share * next, next, durationMs)
}

export function panned(window: Window, byMs: Millis, durationMs: Millis): Window {
  return fitted(window.fromMs + byMs, lengthOf(window), durationMs)
}

/** The same window where it shows `tMs`; otherwise one of the same length around it. */
export function showing(window: Window, tMs: Millis, durationMs: Millis): Window {
  if (tMs >= window.fromMs && tMs <= window.toMs) return window
  const length = lengthOf(window)
  return fitted(tMs - length / 2, length, durationMs)
}

/** While a drive plays the window turns like a page, so that what comes is seen. */
export function following(window: Window, tMs: Millis, durationMs: Millis): Window {
  const length = lengthOf(window)
  if (tMs >= window.fromMs && tMs <= window.toMs - 0.05 * length) return window
  return fitted(tMs - 0.1 * length, length, durationMs)
}

/** Around a stretch, with half of it on either side. */
export function around(fromMs: Millis, toMs: Millis, durationMs: Millis): Window {
  const length = Math.max(20_000, 2 * (toMs - fromMs))
  return fitted((fromMs + toMs - length) / 2, length, durationMs)
}

function fitted(fromMs: Millis, length: Millis, durationMs: Millis): Window {
  const whole = Math.max(SHORTEST_MS, durationMs)
  const span = Math.min(length, whole)
  const from = Math.min(Math.max(0, fromMs), whole - span)
  return { fromMs: from, toMs: from + span }
}
