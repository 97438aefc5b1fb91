import type { StoreApi } from 'zustand/vanilla'
import type { AlertEvent, DriveState } from '../shared/stores/driveState.ts'
import { displayStateOf, heldAlert } from '../shared/stores/displayState.ts'
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
 * that nobody is watching. Losing sight never makes an alert quieter (electron/docs/adr/0015).
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
  let spoken: string | undefined
  const follow = (state: DriveState): void => {
    const voice = voiceOf(state)
    if (state.alert === undefined) spoken = undefined
    if (voice?.name === sounding) return
    sounding = voice?.name
    if (voice === undefined) {
      sounder.stop()
      return
    }
    sounder.play(voice.pattern)
    // Once for each alert: a break of sight or a pause makes no new one of it.
    if (voice.alert === undefined || voice.name === spoken) return
    spoken = voice.name
    if (settings.getState().speech) speak(voice.alert)
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

/** What must be heard; one of another name is another sound. */
interface Voice {
  readonly name: string
  readonly pattern: Pattern
  /** Undefined: nobody is watching. */
  readonly alert: AlertEvent | undefined
}

const BLIND: Voice = { name: 'blind', pattern: PATTERNS.blind, alert: undefined }

function voiceOf(state: DriveState): Voice | undefined {
  const { alert, opened } = state
  const { kind } = displayStateOf(state)
  if (kind === 'blind') return blindVoice(state)
  // A recording that cannot be read endangers nobody.
  if (kind === 'failed') return opened?.source.live === true ? BLIND : undefined
  if (kind === 'paused' || kind === 'ended') return undefined
  return alert === undefined || alert.acknowledged ? undefined : alertVoice(alert)
}

/** The louder of the two: whoever covers the lens silences no alarm. */
function blindVoice(state: DriveState): Voice | undefined {
  const held = heldAlert(state)
  if (held !== undefined) return alertVoice(held)
  // A start is quiet: everybody knows that nobody is watching yet.
  return state.link !== 'lost' && state.blindReason === 'starting' ? undefined : BLIND
}

function alertVoice(alert: AlertEvent): Voice {
  const name = `${alert.level} ${alert.class} ${alert.tMs}`
  return { name, pattern: PATTERNS[alert.level], alert }
}
