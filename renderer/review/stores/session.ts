import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Drive } from '../../../electron/contract/drives.ts'
import type { PredictionTable } from '../../../electron/contract/predictionTable.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import type { PredictionQuery } from '../archive.ts'
import { Latest } from './latest.ts'
import { openSession, reduce, type SessionAction, type SessionState } from './sessionState.ts'
import { frameFrom } from './transport.ts'
import { lengthOf, type Window } from './window.ts'

/** As many as a wide screen has columns. */
const BUCKETS = 1500

/** Windows shorter than this are shown frame by frame: at 30 a second 3600 rows. */
const FRAMES_UP_TO_MS: Millis = 120_000

/** Frames known on either side of the playhead, for steps. */
const NEAR_MS: Millis = 20_000

export type AskPredictions = (query: PredictionQuery) => Promise<PredictionTable>

/** One drive under review: its state, and the predictions that follow what is looked at. */
export class Session {
  readonly store: StoreApi<SessionState>
  readonly #ask: AskPredictions
  readonly #detail: Latest<PredictionQuery, PredictionTable>
  readonly #unsubscribe: () => void
  #asked: Window | undefined
  #closed = false

  constructor(drive: Drive, ask: AskPredictions) {
    this.store = createStore<SessionState>(() => openSession(drive))
    this.#ask = ask
    this.#detail = new Latest(ask, (answer) => {
      if (answer.kind === 'answered') {
        this.act({ type: 'table', name: 'detail', table: answer.value })
      } else this.#asked = undefined
    })
    this.#unsubscribe = this.store.subscribe((now, before) => {
      if (now.window !== before.window) this.#followWindow(now.window)
    })
    void this.#loadOverview(drive.summary.durationMs)
    this.#followWindow(this.store.getState().window)
  }

  act(action: SessionAction): void {
    this.store.setState((state) => reduce(state, action))
  }

  /** To the frame after or before; frames that are not known yet are fetched. */
  async step(direction: 1 | -1): Promise<void> {
    this.act({ type: 'pause' })
    const { tMs } = this.store.getState().transport
    const known = this.#frameFrom(direction)
    if (known === undefined) await this.loadFrames(tMs)
    const next = this.#frameFrom(direction)
    if (next !== undefined) this.act({ type: 'seek', tMs: next })
  }

  /** Every frame around a time. */
  async loadFrames(tMs: Millis): Promise<void> {
    const query = { fromMs: Math.max(0, tMs - NEAR_MS), toMs: tMs + NEAR_MS, buckets: 0 }
    try {
      const table = await this.#ask(query)
      if (!this.#closed) this.act({ type: 'table', name: 'frames', table })
    } catch {
      // The shell is away, which the screen says elsewhere; the means stay.
    }
  }

  close(): void {
    this.#closed = true
    this.#detail.close()
    this.#unsubscribe()
  }

  #frameFrom(direction: 1 | -1): Millis | undefined {
    const { frames, transport } = this.store.getState()
    return frames === undefined ? undefined : frameFrom(frames.tMs, transport.tMs, direction)
  }

  async #loadOverview(durationMs: Millis): Promise<void> {
    try {
      const table = await this.#ask({ fromMs: 0, toMs: durationMs + 1, buckets: BUCKETS })
      if (!this.#closed) this.act({ type: 'table', name: 'overview', table })
    } catch {
      // As above; the ribbon shows the states all the same.
    }
  }

  /** Asks for the window and as much on either side, unless that is known at this fineness. */
  #followWindow(window: Window): void {
    const { durationMs } = this.store.getState().drive.summary
    const length = lengthOf(window)
    const known = this.#asked
    const inside = known !== undefined && window.fromMs >= known.fromMs && window.toMs <= known.toMs
    const fine = known !== undefined && lengthOf(known) <= 6 * length
    const exact = known !== undefined && lengthOf(known) <= FRAMES_UP_TO_MS
    if (inside && (fine || exact)) return
    const fromMs = Math.max(0, window.fromMs - length)
    const toMs = Math.min(durationMs + 1, window.toMs + length)
    this.#asked = { fromMs, toMs }
    const buckets = toMs - fromMs <= FRAMES_UP_TO_MS ? 0 : 3 * BUCKETS
    this.#detail.ask({ fromMs, toMs, buckets })
  }
}
