import { createStore, type StoreApi } from 'zustand/vanilla'
import type { DriveList, DriveSummary } from '../../../electron/contract/drives.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { problemOf } from '../problems.ts'
import { NO_FILTER, queryOf, type DriveFilter } from './filter.ts'
import { Latest } from './latest.ts'

/** Drives asked for at once; a screen shows some thirty. */
export const PAGE = 100

export interface ListState {
  readonly filter: DriveFilter
  /** Of all that match; undefined until the first answer. */
  readonly total: number | undefined
  /** Those that were looked at, by page. */
  readonly pages: ReadonlyMap<number, readonly DriveSummary[]>
  /** Index among all that match. */
  readonly selected: number
  readonly problem: Problem | undefined
}

interface Question {
  readonly filter: DriveFilter
  readonly page: number
  /** Counts up with every change of what is looked for: answers to older ones are dropped. */
  readonly round: number
}

type Ask = (query: Readonly<Record<string, string>>) => Promise<DriveList>

/** The drives that match a filter, page by page as they are scrolled to. */
export class DriveListStore {
  readonly store: StoreApi<ListState>
  readonly #pages: Latest<Question, DriveList>
  #round = 0
  #wanted: readonly [number, number] = [0, 0]

  constructor(ask: Ask) {
    this.store = createStore<ListState>(() => ({
      filter: NO_FILTER,
      total: undefined,
      pages: new Map(),
      selected: 0,
      problem: undefined,
    }))
    this.#pages = new Latest(
      ({ filter, page }) => ask({ ...queryOf(filter), offset: `${page * PAGE}`, limit: `${PAGE}` }),
      (answer) => {
        if (answer.key.round !== this.#round) return
        if (answer.kind === 'failed') this.store.setState({ problem: problemOf(answer.thrown) })
        else this.#take(answer.key.page, answer.value)
      },
    )
  }

  look(change: Partial<DriveFilter>): void {
    this.store.setState(({ filter }) => ({ filter: { ...filter, ...change }, selected: 0 }))
    this.#wanted = [0, 0]
    this.refresh()
  }

  /** Asks again; what is shown stays until the answer comes. */
  refresh(): void {
    this.#round += 1
    this.#ask(Math.floor(this.#wanted[0] / PAGE))
  }

  /** Rows that are on the screen. */
  want(first: number, last: number): void {
    this.#wanted = [first, last]
    this.#fetchMissing()
  }

  select(index: number): void {
    const { total = 0 } = this.store.getState()
    this.store.setState({ selected: Math.min(Math.max(0, index), Math.max(0, total - 1)) })
  }

  driveAt(index: number): DriveSummary | undefined {
    return this.store.getState().pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  #take(page: number, { drives, total }: DriveList): void {
    this.store.setState(({ pages, selected }) => {
      // A first answer of a new round replaces what the old one knew.
      const kept = this.#freshRound ? new Map(pages) : new Map<number, readonly DriveSummary[]>()
      const last = Math.max(0, total - 1)
      return {
        total,
        pages: kept.set(page, drives),
        selected: Math.min(selected, last),
        problem: undefined,
      }
    })
    this.#answeredRound = this.#round
    this.#fetchMissing()
  }

  #answeredRound = -1

  get #freshRound(): boolean {
    return this.#answeredRound === this.#round
  }

  #fetchMissing(): void {
    const { total = 0, pages } = this.store.getState()
    const [first, last] = this.#wanted
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) {
      if (page * PAGE < total && !pages.has(page)) this.#ask(page)
    }
  }

  #ask(page: number): void {
    this.#pages.ask({ filter: this.store.getState().filter, page, round: this.#round })
  }
}
