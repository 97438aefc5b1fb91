import { createStore, type StoreApi } from 'zustand/vanilla'
import type { HeatMap } from '../../../electron/contract/drives.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import type { ClassId } from '../../../electron/core/labels.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { problemOf } from '../problems.ts'
import { Latest } from './latest.ts'

export interface HeatState {
  readonly on: boolean
  /** Undefined: the likeliest class of the frame. */
  readonly class: ClassId | undefined
  /** 0 to 1. */
  readonly opacity: number
  readonly busy: boolean
  readonly map: HeatMap | undefined
  readonly problem: Problem | undefined
}

interface Question {
  readonly tMs: Millis
  readonly class: ClassId
}

/** Where the networks looked, in the frame at which the playhead rests. */
export class Heat {
  readonly store: StoreApi<HeatState>
  readonly #latest: Latest<Question, HeatMap>
  #asked: Question | undefined

  constructor(ask: (tMs: Millis, of: ClassId) => Promise<HeatMap>) {
    this.store = createStore<HeatState>(() => ({
      on: false,
      class: undefined,
      opacity: 0.65,
      busy: false,
      map: undefined,
      problem: undefined,
    }))
    this.#latest = new Latest(
      (question) => ask(question.tMs, question.class),
      (answer) => {
        if (answer.key !== this.#asked) return
        if (answer.kind === 'answered') this.store.setState({ map: answer.value, busy: false })
        else this.store.setState({ problem: problemOf(answer.thrown), busy: false })
      },
    )
  }

  toggle(): void {
    this.store.setState(({ on }) => ({ on: !on, busy: false }))
    this.hide()
  }

  /** The playhead rests there. */
  show(tMs: Millis, top: ClassId): void {
    const { on, class: chosen } = this.store.getState()
    const question = { tMs, class: chosen ?? top }
    const same = this.#asked?.tMs === tMs && this.#asked.class === question.class
    if (!on || same) return
    this.#asked = question
    this.store.setState({ busy: true, map: undefined, problem: undefined })
    this.#latest.ask(question)
  }

  /** Another frame is shown: what was known of the last one would be a lie. */
  hide(): void {
    this.#asked = undefined
    this.#latest.forget()
    const { map, problem, busy } = this.store.getState()
    if (map === undefined && problem === undefined && !busy) return
    this.store.setState({ map: undefined, problem: undefined, busy: false })
  }

  close(): void {
    this.#latest.close()
  }
}
