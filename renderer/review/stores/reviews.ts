import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Review, ReviewState } from '../../../electron/contract/drives.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { problemOf } from '../problems.ts'

/** What a person decided or wrote that the archive has not confirmed yet. */
export interface Draft {
  readonly state: ReviewState
  readonly note: string
  readonly saving: boolean
  /** Why the last attempt failed; the draft is kept. */
  readonly problem: Problem | undefined
}

export type Drafts = Readonly<Record<number, Draft>>

interface Reviewer {
  readonly save: (event: number, state: ReviewState, note: string) => Promise<Review>
  readonly onSaved: (event: number, review: Review) => void
}

/** Reviews being written. A draft lives until the archive has it: a failure loses nothing. */
export class Reviews {
  readonly drafts: StoreApi<Drafts>
  readonly #reviewer: Reviewer

  constructor(reviewer: Reviewer) {
    this.drafts = createStore<Drafts>(() => ({}))
    this.#reviewer = reviewer
  }

  /** Keeps what is typed. @param kept what the archive has */
  write(event: number, kept: Review, note: string): void {
    const { state, saving } = this.#draft(event, kept)
    this.#set(event, { state, note, saving, problem: undefined })
  }

  /** Decides, and saves at once with what was typed. */
  decide(event: number, kept: Review, state: ReviewState): Promise<void> {
    this.#set(event, { ...this.#draft(event, kept), state })
    return this.save(event)
  }

  /** Saves the draft, if there is one. */
  async save(event: number): Promise<void> {
    const draft = this.drafts.getState()[event]
    if (draft === undefined || draft.saving) return
    this.#set(event, { ...draft, saving: true, problem: undefined })
    try {
      const review = await this.#reviewer.save(event, draft.state, draft.note)
      this.#reviewer.onSaved(event, review)
      this.#saved(event, draft)
    } catch (thrown) {
      const latest = this.drafts.getState()[event] ?? draft
      this.#set(event, { ...latest, saving: false, problem: problemOf(thrown) })
    }
  }

  /** What was typed meanwhile is saved in its turn. */
  #saved(event: number, sent: Draft): void {
    const latest = this.drafts.getState()[event]
    if (latest === undefined) return
    if (latest.note === sent.note && latest.state === sent.state) {
      const others = Object.entries(this.drafts.getState()).filter(([id]) => id !== `${event}`)
      this.drafts.setState(Object.fromEntries(others), true)
      return
    }
    this.#set(event, { ...latest, saving: false })
    void this.save(event)
  }

  #draft(event: number, kept: Review): Draft {
    const { state, note } = kept
    return this.drafts.getState()[event] ?? { state, note, saving: false, problem: undefined }
  }

  #set(event: number, draft: Draft): void {
    this.drafts.setState({ [event]: draft })
  }
}
