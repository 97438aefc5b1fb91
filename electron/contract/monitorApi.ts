import type { StartCommand } from './commands.ts'
import type { EngineEvent } from './events.ts'

/** What a drive is started with: the `start` command without what only the supervisor knows. */
export type DriveRequest = Omit<StartCommand, 'type' | 'resume'>

/**
 * The one door to the monitor, the same in every shell: the supervisor implements it, the
 * Electron preload and the WebSocket only carry it.
 */
export interface MonitorApi {
  /** Starts a drive; its fate is told through events (`opened`, then `ended` or `failed`). */
  start(request: DriveRequest): void
  /** Ends the drive under way; `ended` follows. */
  stop(): void
  /** The driver has seen the alert: it is silenced until it rises or returns. */
  acknowledge(): void
  /** Goes on with a recording; from its start when it was at its end. */
  play(): void
  /** The recording's clock stands: nobody is watched until it is played again. */
  pause(): void
  /** @param tMs position in the whole recording; of many in a row the newest counts */
  seek(tMs: number): void
  /** Pauses, and shows the next frame or the one before. */
  step(frames: 1 | -1): void
  /** @param rate times the speed of the recording, 0.25 to 8; frames are never left out */
  setRate(rate: number): void
  /** @param kmh vehicle speed, undefined when unknown */
  setSpeed(kmh: number | undefined): void
  /** @param perSecond pictures wanted for the screen, at most 15; 0 is none */
  setPictures(perSecond: number): void
  /** The last `picture` was drawn: the next one may come. */
  pictureTaken(): void
  /** @returns the unsubscribe */
  subscribe(listener: (event: MonitorEvent) => void): () => void
}

/** What only the supervisor hears of the engine: whether it lives, and what a record needs. */
const INTERNAL = ['hello', 'heartbeat', 'busy', 'input', 'snapshot'] as const satisfies readonly [
  EngineEvent['type'],
  ...EngineEvent['type'][],
]

/** Everything that shells and screens see. */
export type MonitorEvent = Exclude<EngineEvent, { type: (typeof INTERNAL)[number] }>

export function isMonitorEvent(event: EngineEvent): event is MonitorEvent {
  return !INTERNAL.some((type) => type === event.type)
}
