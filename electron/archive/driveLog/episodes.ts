import type { EngineEventOf } from '../../contract/events.ts'
import type { StoredEvent } from '../../contract/archive.ts'

type Alert = EngineEventOf<'alert'>
type Cleared = EngineEventOf<'cleared'>
type Folds = StoredEvent['steps'][number]['folds']

/** Makes reviewable events of alerts: one from the first level to the end of the alert. */
export class EpisodeTracker {
  #open: StoredEvent | undefined
  /** Something in it is for the record, not for the cab only. */
  #recorded = false
  #next: number
  #changed = new Map<number, StoredEvent>()

  /** @param open what was open before an interruption @param next number of the next event */
  constructor(open?: StoredEvent, next = 0) {
    this.#open = open
    this.#recorded = open !== undefined
    this.#next = next
  }

  /** @param folds what each fold said of the frame */
  alert(alert: Alert, folds: Folds): void {
    const { tMs, level, class: id, rule, explanation, sinceMs, acknowledged } = alert
    const step = { tMs, level, class: id, rule, explanation, folds }
    const before = this.#open
    this.#recorded ||= !alert.cabOnly
    this.#set(
      before === undefined
        ? { ordinal: this.#next, sinceMs, tMs, level, class: id, rule, acknowledged, steps: [step] }
        : { ...before, level, class: id, rule, acknowledged, steps: [...before.steps, step] },
    )
  }

  cleared({ tMs, level, class: id, rule, acknowledged }: Cleared): void {
    const open = this.#open
    if (open === undefined) return
    this.#set({ ...open, clearedMs: tMs, level, class: id, rule, acknowledged })
    if (this.#recorded) this.#next += 1
    this.#open = undefined
    this.#recorded = false
  }

  /** The event under way, where it is for the record. */
  get open(): StoredEvent | undefined {
    return this.#recorded ? this.#open : undefined
  }

  /** @returns events that are new or have changed since the last call */
  take(): StoredEvent[] {
    const changed = [...this.#changed.values()]
    this.#changed = new Map()
    return changed
  }

  #set(event: StoredEvent): void {
    this.#open = event
    if (this.#recorded) this.#changed.set(event.ordinal, event)
  }
}
