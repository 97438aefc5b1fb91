import type { Millis } from '../../../electron/core/frame.ts'
import { RATES } from '../../shared/Player.ts'

export type Rate = (typeof RATES)[number]

/** Where the playhead is, and whether it moves. */
export interface Transport {
  readonly tMs: Millis
  readonly playing: boolean
  readonly rate: Rate
  /** It stops there: the end of a clip. */
  readonly stopMs: Millis | undefined
}

export const AT_START: Transport = { tMs: 0, playing: false, rate: 1, stopMs: undefined }

/** @param elapsedMs of this machine's clock */
export function advanced(transport: Transport, elapsedMs: Millis, durationMs: Millis): Transport {
  if (!transport.playing) return transport
  const end = Math.min(transport.stopMs ?? durationMs, durationMs)
  const tMs = transport.tMs + elapsedMs * transport.rate
  if (tMs < end) return { ...transport, tMs }
  return { ...transport, tMs: end, playing: false, stopMs: undefined }
}

export function sought(transport: Transport, tMs: Millis, durationMs: Millis): Transport {
  return { ...transport, tMs: Math.min(Math.max(0, tMs), durationMs), stopMs: undefined }
}

/** At its end a drive plays from its start. */
export function toggled(transport: Transport, durationMs: Millis): Transport {
  if (transport.playing) return { ...transport, playing: false, stopMs: undefined }
  const tMs = transport.tMs >= durationMs ? 0 : transport.tMs
  return { ...transport, tMs, playing: true }
}

export function faster(rate: Rate, steps: 1 | -1): Rate {
  const at = Math.min(Math.max(0, RATES.indexOf(rate) + steps), RATES.length - 1)
  return RATES[at] ?? rate
}

interface Timed {
  readonly tMs: Millis
}

/** A key pressed again within this goes on to the next, although the playhead stands on this one. */
const NEAR_MS = 1

/** The event after or before a time; times rise. @returns its index, -1 where there is none */
export function eventFrom(events: readonly Timed[], tMs: Millis, direction: 1 | -1): number {
  return direction === 1
    ? events.findIndex((event) => event.tMs > tMs + NEAR_MS)
    : events.findLastIndex((event) => event.tMs < tMs - NEAR_MS)
}

/** Index of the last time that is not after `tMs`; -1 before the first. Times rise. */
export function indexAt(times: Float64Array, tMs: Millis): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) <= tMs) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Time of the frame after or before, or undefined at the end of what is known. */
export function frameFrom(times: Float64Array, tMs: Millis, direction: 1 | -1): Millis | undefined {
  const at = indexAt(times, tMs + NEAR_MS)
  const onFrame = at >= 0 && tMs - (times[at] ?? 0) < NEAR_MS
  return times[direction === 1 ? at + 1 : onFrame ? at - 1 : at]
}
