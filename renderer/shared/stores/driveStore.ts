import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Millis } from '../../../electron/core/frame.ts'
import { INITIAL_DRIVE, reduce, type DriveState, type ScreenEvent } from './driveState.ts'
import { History } from './history.ts'
import { displayStateOf, severityOf } from './displayState.ts'
import { Meter } from './meter.ts'

/** Between two predictions the ribbon moves on by itself for this long. */
const GLIDE_MS: Millis = 250

/** The state of the drive at full rate, and what is measured beside it. */
export interface DriveStore {
  readonly store: StoreApi<DriveState>
  readonly history: History
  readonly meter: Meter
  /** Takes one event of the monitor or of the way to it. */
  readonly event: (event: ScreenEvent) => void
  /** The drive's clock now, for what moves between events. */
  readonly clockMs: () => Millis
}

/** @param nowMs this machine's monotonic clock */
export function createDriveStore(nowMs: () => Millis): DriveStore {
  const store = createStore<DriveState>(() => INITIAL_DRIVE)
  const history = new History()
  const meter = new Meter()
  let heardAtMs = 0

  function remember(event: ScreenEvent, state: DriveState): void {
    const severity = severityOf(displayStateOf(state))
    if (['starting', 'drive', 'jump'].includes(event.type)) {
      history.clear()
      meter.clear()
    } else if (event.type === 'prediction') {
      heardAtMs = nowMs()
      meter.prediction(heardAtMs, event.latencyMs.total)
      history.push({ tMs: event.tMs, unsafe: event.status.unsafe ?? 0, severity })
    } else if (event.type === 'state' && event.tMs >= (history.lastMs ?? 0)) {
      heardAtMs = nowMs()
      history.push({ tMs: event.tMs, unsafe: 0, severity })
    } else if (event.type === 'alert') {
      history.mark({ tMs: event.tMs, level: event.level })
    }
  }

  return {
    store,
    history,
    meter,
    event(event) {
      const state = reduce(store.getState(), event)
      if (state !== store.getState()) store.setState(state, true)
      remember(event, state)
    },
    clockMs() {
      const { phase, driver, link, playback } = store.getState()
      const lastMs = history.lastMs ?? 0
      if (phase !== 'running' || link !== 'open' || playback?.playing === false) return lastMs
      const sinceMs = (playback?.rate ?? 1) * (nowMs() - heardAtMs)
      // Blind time goes on: that is what the ribbon must show.
      return lastMs + (driver === 'blind' ? sinceMs : Math.min(sinceMs, GLIDE_MS))
    },
  }
}
