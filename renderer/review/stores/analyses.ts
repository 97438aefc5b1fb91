import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Analysis, AnalysisRequest } from '../../../electron/contract/drives.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { problemOf } from '../problems.ts'

/** How often progress is asked for while something is analysed. */
const EVERY_MS = 1000

export interface AnalysesState {
  readonly list: readonly Analysis[]
  readonly problem: Problem | undefined
}

interface Analyst {
  readonly list: () => Promise<readonly Analysis[]>
  readonly add: (request: AnalysisRequest) => Promise<readonly Analysis[]>
  readonly cancel: (id: number) => Promise<void>
  /** A recording has become a drive. */
  readonly onDone: () => void
  /** Calls back later; as setTimeout. */
  readonly later: (callback: () => void, ms: number) => void
}

export function isUnderWay({ state }: Analysis): boolean {
  return state === 'waiting' || state === 'running'
}

/** Recordings that are analysed in the background, followed while there are any. */
export class Analyses {
  readonly store: StoreApi<AnalysesState>
  readonly #analyst: Analyst
  #following = false

  constructor(analyst: Analyst) {
    this.store = createStore<AnalysesState>(() => ({ list: [], problem: undefined }))
    this.#analyst = analyst
  }

  /** Looks, and goes on looking for as long as something is under way. */
  follow(): void {
    if (this.#following) return
    this.#following = true
    void this.#look()
  }

  /** @returns whether it was taken */
  async add(request: AnalysisRequest): Promise<boolean> {
    try {
      await this.#analyst.add(request)
      this.store.setState({ problem: undefined })
      this.follow()
      return true
    } catch (thrown) {
      this.store.setState({ problem: problemOf(thrown) })
      return false
    }
  }

  /** Stops one, or takes one that is over off the list. */
  async cancel(id: number): Promise<void> {
    try {
      await this.#analyst.cancel(id)
      this.store.setState(({ list }) => ({ list: list.filter((one) => one.id !== id) }))
    } catch (thrown) {
      this.store.setState({ problem: problemOf(thrown) })
    }
  }

  async #look(): Promise<void> {
    const before = this.store.getState().list
    try {
      const list = await this.#analyst.list()
      this.store.setState({ list })
      const ended = before.filter(isUnderWay).length > list.filter(isUnderWay).length
      if (ended) this.#analyst.onDone()
      if (list.some(isUnderWay)) {
        this.#analyst.later(() => void this.#look(), EVERY_MS)
        return
      }
    } catch (thrown) {
      this.store.setState({ problem: problemOf(thrown) })
    }
    this.#following = false
  }
}
