import { safeOf, unsafeOf } from './belief.ts'
import type { Belief } from './belief.ts'
import type { FilterSettings } from './preset.ts'

/** What a belief says. `undecided` lies between the two unsafe thresholds. */
export type Classification = 'safe' | 'unsafe' | 'undecided' | 'unsure'

/** What the monitor says of the driver. `blind`: nobody is watching. */
export type DriverState = 'safe' | 'unsafe' | 'unsure' | 'blind'

/**
 * Reads a belief.
 * @param doubtful the state so far is `unsure`: the lower thresholds hold, so that it does not flap.
 */
export function classify(
  belief: Belief,
  filter: FilterSettings,
  doubtful: boolean,
): Classification {
  const edge = doubtful ? 'off' : 'on'
  if (belief.split > filter.split[edge]) return 'unsure'
  // Doubt among unsafe classes is certainty about the driver; doubt that includes c0 is not.
  const spread = belief.entropy > filter.entropy[edge]
  if (spread && safeOf(belief) >= filter.surelyUnsafeBelow) return 'unsure'
  const unsafe = unsafeOf(belief)
  if (unsafe > filter.unsafe.on) return 'unsafe'
  return unsafe < filter.unsafe.off ? 'safe' : 'undecided'
}

/**
 * The next driver state. It becomes `safe` or `unsafe` only on a frame that says so itself: the
 * smoothed belief may lag behind, and a vector that knows nothing drags it towards unsafe.
 * @param undecided too many frames contradict the smoothed belief
 */
export function nextDriver(
  previous: DriverState,
  smoothed: Classification,
  fresh: Classification,
  undecided: boolean,
): DriverState {
  if (smoothed === 'unsure' || undecided) return 'unsure'
  if (smoothed !== 'undecided' && smoothed === fresh) return smoothed
  return previous === 'blind' ? 'unsure' : previous
}
