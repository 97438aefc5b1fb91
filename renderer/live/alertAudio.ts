import type { StoreApi } from 'zustand/vanilla'
import type { AlertEvent, DriveState } from '../shared/stores/driveState.ts'
import { displayStateOf } from '../shared/stores/displayState.ts'
import type { Settings } from '../shared/stores/settings.ts'
import { PATTERNS, type Pattern } from '../shared/sound/patterns.ts'

/** What makes a sound; the real one is `Alarm`. */
export interface Sounder {
  setVolume(volume: number): void
  play(pattern: Pattern): void
  stop(): void
}

/** Says words aloud. */
export type Speaker = (alert: AlertEvent) => void

/**
 * Follows the drive and makes it heard: every new alert, until it is acknowledged or over; and
 * that nobody is watching.
 *
 * @returns the end of it
 */
export function alertAudio(
  drive: StoreApi<DriveState>,
  settings: StoreApi<Settings>,
  sounder: Sounder,
  speak: Speaker,
): () => void {
  let sounding: string | undefined
  const follow = (state: DriveState): void => {
    const next = voiceOf(state)
    if (next === sounding) return
    sounding = next
    if (next === undefined) {
      sounder.stop()
      return
    }
    const { alert } = state
    sounder.play(PATTERNS[next.startsWith('blind') || alert === undefined ? 'blind' : alert.level])
    if (alert !== undefined && settings.getState().speech) speak(alert)
  }
  const turn = ({ volume }: Settings): void => {
    sounder.setVolume(volume)
  }
  turn(settings.getState())
  const ends = [drive.subscribe(follow), settings.subscribe(turn)]
  return () => {
    sounder.stop()
    for (const end of ends) end()
  }
}

/** What must be heard now; another value is another sound. */
function voiceOf(state: DriveState): string | undefined {
  const { alert } = state
  const look = displayStateOf(state)
  // A start is quiet: everybody knows that nobody is watching yet.
  if (look.kind === 'blind' && look.reason !== 'starting') return 'blind'
  if (alert === undefined || alert.acknowledged) return undefined
  if (look.kind === 'paused' || look.kind === 'ended') return undefined
  return `${alert.level} ${alert.class} ${alert.tMs}`
}
