import type { Millis } from '../frame.ts'
import type { FilterSettings } from './preset.ts'
import type { Classification } from './driverState.ts'

/** Whether frames keep to one opinion. */
export interface Stability {
  /** The last opinion of the smoothed belief that was one: it holds between the thresholds. */
  readonly side: 'safe' | 'unsafe' | undefined
  /** Share of recent time, 0 to 1, in which frames said something else by themselves. */
  readonly contradictionShare: number
}

export const NO_OPINION: Stability = { side: undefined, contradictionShare: 0 }

/**
 * Continues with one more frame. A model that hovers between the thresholds and one that flips
 * from side to side are the same to a driver: it cannot decide.
 */
export function trackStability(
  before: Stability,
  smoothed: Classification,
  fresh: Classification,
  stepMs: Millis,
  filter: FilterSettings,
): Stability {
  const side = smoothed === 'safe' || smoothed === 'unsafe' ? smoothed : before.side
  // A frame that knows nothing contradicts nothing; the verdict sees to it.
  if (fresh === 'unsure') return { side, contradictionShare: before.contradictionShare }
  const alpha = 1 - Math.exp(-stepMs / filter.contradictionTauMs)
  const contradicts = fresh === side ? 0 : 1
  return {
    side,
    contradictionShare:
      before.contradictionShare + alpha * (contradicts - before.contradictionShare),
  }
}

/** @param doubtful the state so far is `unsure` */
export function cannotDecide(
  { contradictionShare }: Stability,
  { contradictionShare: limits }: FilterSettings,
  doubtful: boolean,
): boolean {
  return contradictionShare > (doubtful ? limits.off : limits.on)
}
