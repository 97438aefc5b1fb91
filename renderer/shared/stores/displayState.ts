import { CLASSES, SAFE_CLASS, type ClassId } from '../../../electron/core/labels.ts'
import type { Level } from '../../../electron/core/monitor/level.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import type { AlertEvent, DriveState } from './driveState.ts'

/** What the screen says of the driver, in order of what matters. */
export type DisplayState =
  | { readonly kind: 'idle' | 'starting' | 'paused' | 'ended' | 'safe' | 'unsure' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'blind'; readonly reason: string }
  | { readonly kind: 'unsafe'; readonly class: ClassId; readonly level: Level | undefined }

/** Its colour; never without a shape and a word. */
export type Severity = 'safe' | Level | 'unsure' | 'blind' | 'idle'

/** A screen that cannot hear the monitor shows that nobody is watching, whatever it last heard. */
export function displayStateOf(state: DriveState): DisplayState {
  if (state.link === 'lost') return { kind: 'blind', reason: 'connection-lost' }
  if (state.phase === 'failed' && state.problem !== undefined) {
    return { kind: 'failed', problem: state.problem }
  }
  if (state.phase !== 'running') return { kind: state.phase === 'failed' ? 'idle' : state.phase }
  // A recording that stands is watched by nobody, whatever its last frame shows.
  if (state.playback?.playing === false) {
    return { kind: state.playback.atEnd ? 'ended' : 'paused' }
  }
  switch (state.driver) {
    case 'blind':
      return { kind: 'blind', reason: state.blindReason ?? 'no-frames' }
    case 'unsafe':
      return { kind: 'unsafe', class: unsafeClass(state), level: state.alert?.level }
    case 'safe':
    case 'unsure':
      return { kind: state.driver }
  }
}

/**
 * The alert that was up when sight was lost. Nobody knows that it is over, so it stays until the
 * driver acknowledges it or is seen again; a caution is no louder than blindness itself.
 */
export function heldAlert(state: DriveState): AlertEvent | undefined {
  const { alert } = state
  if (alert === undefined || alert.acknowledged || alert.level === 'caution') return undefined
  return displayStateOf(state).kind === 'blind' ? alert : undefined
}

export function severityOf(look: DisplayState): Severity {
  switch (look.kind) {
    case 'unsafe':
      return look.level ?? 'caution'
    case 'safe':
    case 'unsure':
    case 'blind':
      return look.kind
    case 'failed':
      return 'blind'
    case 'idle':
    case 'starting':
    case 'paused':
    case 'ended':
      return 'idle'
  }
}

/** What the driver does, by the smoothed belief, or by this frame where that says c0. */
function unsafeClass({ prediction, alert }: DriveState): ClassId {
  const top = prediction?.status.top
  if (top !== undefined && top !== SAFE_CLASS) return top
  if (alert !== undefined) return alert.class
  const unsafe = prediction?.probabilities.slice(1) ?? []
  return CLASSES[1 + unsafe.indexOf(Math.max(...unsafe))] ?? 'c9'
}
