import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Drive, DriveSummary, StateSpan, WhatIf } from '../../../electron/contract/drives.ts'
import type { Preset } from '../../../electron/core/monitor/preset.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { problemOf } from '../problems.ts'
import { compare, type ComparedAlert, type Difference } from './comparison.ts'
import { Latest } from './latest.ts'

/** Where the alerts of one side of a comparison come from. */
export type Side =
  | { readonly kind: 'recorded' }
  | { readonly kind: 'preset'; readonly preset: Preset; readonly edited: boolean }
  /** The same recording, analysed by other networks. */
  | { readonly kind: 'drive'; readonly drive: DriveSummary }

export interface Lane {
  readonly side: Side
  readonly alerts: readonly ComparedAlert[]
  readonly spans: readonly StateSpan[]
}

export interface WhatIfState {
  readonly a: Side
  readonly b: Side | undefined
  readonly laneA: Lane | undefined
  readonly laneB: Lane | undefined
  readonly differences: readonly Difference[]
  readonly busy: boolean
  readonly problem: Problem | undefined
  /** The same recording, analysed by other networks. */
  readonly others: readonly DriveSummary[]
}

interface Asker {
  readonly whatIf: (preset: Preset) => Promise<WhatIf>
  readonly drive: (id: number) => Promise<Drive>
}

interface Question {
  readonly a: Side
  readonly b: Side
}

/** The drive as it was recorded. */
const NOTHING_ASKED = {
  a: { kind: 'recorded' },
  b: undefined,
  laneA: undefined,
  laneB: undefined,
  differences: [],
  busy: false,
  problem: undefined,
} as const satisfies Omit<WhatIfState, 'others'>

/** Two ways to alert, on one drive. */
export class WhatIfStore {
  readonly store: StoreApi<WhatIfState>
  readonly #recorded: Drive
  readonly #asker: Asker
  readonly #latest: Latest<Question, readonly [Lane, Lane]>
  /** Lanes that were fetched, by the side they answer. */
  readonly #known = new Map<Side, Lane>()

  constructor(recorded: Drive, asker: Asker) {
    this.#recorded = recorded
    this.#asker = asker
    this.store = createStore<WhatIfState>(() => ({ ...NOTHING_ASKED, others: [] }))
    this.#latest = new Latest<Question, readonly [Lane, Lane]>(
      async ({ a, b }) => [await this.#lane(a), await this.#lane(b)],
      (answer) => {
        const { a, b } = this.store.getState()
        if (answer.key.a !== a || answer.key.b !== b) return
        if (answer.kind === 'failed') {
          this.store.setState({ busy: false, problem: problemOf(answer.thrown) })
          return
        }
        const [laneA, laneB] = answer.value
        const differences = compare(laneA.alerts, laneB.alerts)
        this.store.setState({ laneA, laneB, differences, busy: false, problem: undefined })
      },
    )
  }

  choose(change: { readonly a?: Side; readonly b?: Side }): void {
    this.store.setState(change)
    const { a, b } = this.store.getState()
    if (b === undefined) return
    this.store.setState({ busy: true })
    this.#latest.ask({ a, b })
  }

  /** Back to the drive as it was recorded. */
  clear(): void {
    this.#latest.forget()
    this.store.setState(NOTHING_ASKED)
  }

  offer(others: readonly DriveSummary[]): void {
    this.store.setState({ others })
  }

  close(): void {
    this.#latest.close()
  }

  async #lane(side: Side): Promise<Lane> {
    const known = this.#known.get(side)
    if (known !== undefined) return known
    const lane = await this.#fetch(side)
    // Sides that were turned away by a slider are many; the last few are worth keeping.
    if (this.#known.size > 8) this.#known.clear()
    this.#known.set(side, lane)
    return lane
  }

  async #fetch(side: Side): Promise<Lane> {
    switch (side.kind) {
      case 'recorded':
        return { side, alerts: this.#recorded.events, spans: this.#recorded.spans }
      case 'preset': {
        const { events, spans } = await this.#asker.whatIf(side.preset)
        return { side, alerts: events, spans }
      }
      case 'drive': {
        const { events, spans } = await this.#asker.drive(side.drive.id)
        return { side, alerts: events, spans }
      }
    }
  }
}
