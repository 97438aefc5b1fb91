import type { ClassId } from './labels.ts'
import type { Millis } from './frame.ts'

/** What the ensemble says of one frame. */
export interface Prediction {
  readonly seq: number
  readonly tMs: Millis
  /** Ten probabilities in the order of `CLASSES`, summing to 1. */
  readonly probabilities: readonly number[]
  readonly top: ClassId
  /** One probability vector per fold that ran, in manifest order. */
  readonly folds: readonly (readonly number[])[]
  /** Mean over folds of the total variation distance to their mean, 0 (agree) to 1. */
  readonly disagreement: number
  /** Shannon entropy of `probabilities` divided by ln 10: 0 (certain) to 1 (knows nothing). */
  readonly entropy: number
}
