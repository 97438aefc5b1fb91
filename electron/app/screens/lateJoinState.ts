import type { MonitorEvent } from '../../contract/monitorApi.ts'
import { unreachable } from '../../core/unreachable.ts'

/** What somebody who joins a drive under way must hear to show it as it stands. */
export class LateJoinState {
  readonly #events = new Map<MonitorEvent['type'], MonitorEvent>()

  event(event: MonitorEvent): void {
    switch (event.type) {
      case 'picture':
        return
      case 'cleared':
        this.#forget('alert')
        return
      case 'drive':
        this.#forget('alert', 'prediction', 'state')
        break
      case 'jump':
        this.#forget('alert', 'prediction', 'state')
        return
      case 'ended':
      case 'failed':
        this.#forget('alert', 'notice', 'playback')
        break
      case 'opened':
      case 'playback':
      case 'notice':
      case 'prediction':
      case 'alert':
      case 'state':
        break
      default:
        unreachable(event)
    }
    this.#events.set(event.type, event)
  }

  /** A drive begins. */
  clear(): void {
    this.#events.clear()
  }

  /** In an order in which they could have come. */
  get events(): readonly MonitorEvent[] {
    const order = [
      'opened',
      'drive',
      'playback',
      'notice',
      'prediction',
      'alert',
      'state',
      'ended',
      'failed',
    ] as const
    return order.map((type) => this.#events.get(type)).filter((event) => event !== undefined)
  }

  #forget(...types: readonly MonitorEvent['type'][]): void {
    for (const type of types) this.#events.delete(type)
  }
}
