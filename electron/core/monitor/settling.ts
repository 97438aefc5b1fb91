import type { Millis } from '../frame.ts'
import type { FilterSettings } from './preset.ts'
import type { Verdict } from './verdict.ts'

/** Whether frames keep to one opinion. */
export interface Settling {
  /** The last opinion of the smoothed belief that was one: it holds between the thresholds. */
  readonly side: 'safe' | 'unsafe' | undefined
  /** Share of recent time, 0 to 1, in which frames said something else by themselves. */
  readonly against: number
}

export const UNSETTLED: Settling = { side: undefined, against: 0 }

/**
 * Continues with one more frame. A model that hovers between the thresholds and one that flips
 * from side to side are the same to a driver: it cannot decide.
 */
export function settle(
  before: Settling,
  smoothed: Verdict,
  fresh: Verdict,
  stepMs: Millis,
  filter: FilterSettings,
): Settling {
  const side = smoothed === 'safe' || smoothed === 'unsafe' ? smoothed : before.side
  // A frame that knows nothing contradicts nothing; the verdict sees to it.
  if (fresh === 'unsure') return { side, against: before.against }
  const alpha = 1 - Math.exp(-stepMs / filter.againstTauMs)
  const contradicts = fresh === side ? 0 : 1
  return { side, against: before.against + alpha * (contradicts - before.against) }
}

/** @param doubtful the state so far is `unsure` */
export function cannotDecide(
  { against }: Settling,
  { against: limits }: FilterSettings,
  doubtful: boolean,
): boolean {
  return against > (doubtful ? limits.off : limits.on)
}
