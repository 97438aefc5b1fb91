import type { StoreApi } from 'zustand/vanilla'
import type { ScreenApi } from './api/screenApi.ts'
import type { Millis } from '../../electron/core/frame.ts'
import type { DriveState, PlaybackEvent } from './stores/driveState.ts'

/** From a quarter, for looking closely, to eight times, for finding the place. */
export const RATES = [0.25, 0.5, 1, 2, 4, 8] as const

/** As far as one goes back to hear or see something again. */
export const SKIP_MS: Millis = 5000

/** What it needs of the way to the monitor. */
type PlayerApi = Pick<ScreenApi, 'play' | 'pause' | 'seek' | 'step' | 'setRate' | 'subscribe'>

/** What keys and buttons do to a recording; nothing where there is none, or the screen may not. */
export class Player {
  readonly #api: PlayerApi
  readonly #store: StoreApi<DriveState>
  /** Where the last skip leads, until the recording is there: another one goes on from it. */
  #aimMs: Millis | undefined
  /** The speed that was asked for and is not told yet. */
  #aimRate: number | undefined

  constructor(api: PlayerApi, store: StoreApi<DriveState>) {
    this.#api = api
    this.#store = store
    api.subscribe((event) => {
      if (event.type === 'jump') this.#aimMs = undefined
      if (event.type === 'playback' && event.rate === this.#aimRate) this.#aimRate = undefined
    })
  }

  toggle(): void {
    const playback = this.#playback
    if (playback === undefined) return
    if (playback.playing) this.#api.pause()
    else this.#api.play()
  }

  step(frames: 1 | -1): void {
    if (this.#playback !== undefined) this.#api.step(frames)
  }

  skip(byMs: Millis): void {
    const playback = this.#playback
    if (playback === undefined) return
    const fromMs = this.#aimMs ?? positionOf(this.#store.getState(), playback)
    this.#aimMs = Math.max(0, Math.min(fromMs + byMs, playback.durationMs ?? Infinity))
    this.#api.seek(this.#aimMs)
  }

  seek(tMs: Millis): void {
    if (this.#playback === undefined) return
    this.#aimMs = tMs
    this.#api.seek(tMs)
  }

  /** Whether the recording is still on its way to where it was sent. */
  get aiming(): boolean {
    return this.#aimMs !== undefined
  }

  setRate(rate: number): void {
    if (this.#playback !== undefined) this.#api.setRate(rate)
  }

  /** @param steps of `RATES` */
  changeRate(steps: 1 | -1): void {
    const rate = this.#aimRate ?? this.#playback?.rate ?? 1
    const next = RATES[RATES.findIndex((known) => known >= rate) + steps]
    if (next === undefined) return
    this.#aimRate = next
    this.setRate(next)
  }

  get #playback(): PlaybackEvent | undefined {
    const state = this.#store.getState()
    return mayPlay(state) ? state.playback : undefined
  }
}

/** Whether this screen may play the recording. */
export function mayPlay({ role, installation }: DriveState): boolean {
  return role === 'control' && installation?.locked !== true
}

/** Where in the whole recording the frame on screen is. */
export function positionOf({ prediction }: DriveState, playback: PlaybackEvent): Millis {
  if (!playback.playing || prediction === undefined) return playback.tMs
  return playback.originMs + prediction.tMs
}
