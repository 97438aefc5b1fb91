import { CLASSES } from './labels.ts'
import type { ClassId } from './labels.ts'
import type { Millis } from './frame.ts'
import type { Prediction } from './prediction.ts'

/** What is believed about the driver: one prediction, or many smoothed over time. */
export interface Belief {
  /** Ten probabilities in the order of `CLASSES`. */
  readonly probabilities: readonly number[]
  /** Mean distance of the folds' P(unsafe) to their mean: 0 (agree) to 0.5 (evenly split). */
  readonly split: number
  /** As in `Prediction`: disagreement over all ten classes, 0 to 1. */
  readonly disagreement: number
  /** As in `Prediction`: 0 (certain) to 1 (knows nothing). */
  readonly entropy: number
}

/** The belief that one prediction alone would justify. */
export function beliefOf(prediction: Prediction): Belief {
  const { probabilities, disagreement, entropy } = prediction
  return { probabilities, split: splitOf(prediction.folds), disagreement, entropy }
}

/**
 * First-order smoothing with `alpha = 1 - exp(-dt / tau)`, so that the result depends on time
 * and not on the frame rate. Source of the filter: openpilot selfdrive/monitoring.
 */
export function smooth(
  belief: Belief | undefined,
  fresh: Belief,
  dtMs: Millis,
  tauMs: Millis,
): Belief {
  if (belief === undefined) return fresh
  const alpha = 1 - Math.exp(-dtMs / tauMs)
  const mix = (from: number, to: number): number => from + alpha * (to - from)
  return {
    probabilities: CLASSES.map((_, i) =>
      mix(at(belief.probabilities, i), at(fresh.probabilities, i)),
    ),
    split: mix(belief.split, fresh.split),
    disagreement: mix(belief.disagreement, fresh.disagreement),
    entropy: mix(belief.entropy, fresh.entropy),
  }
}

/** P(safe driving). */
export function safeOf(belief: Belief): number {
  return at(belief.probabilities, 0)
}

/** P(unsafe) = 1 - P(c0). */
export function unsafeOf(belief: Belief): number {
  return 1 - safeOf(belief)
}

/** The likeliest of the nine unsafe classes. */
export function topUnsafe(belief: Belief): ClassId {
  const unsafe = CLASSES.slice(1)
  const likelier = (a: ClassId, b: ClassId): ClassId =>
    probabilityOf(belief, b) > probabilityOf(belief, a) ? b : a
  return unsafe.reduce(likelier)
}

function probabilityOf(belief: Belief, id: ClassId): number {
  return at(belief.probabilities, CLASSES.indexOf(id))
}

function splitOf(folds: readonly (readonly number[])[]): number {
  if (folds.length === 0) return 0
  const unsafe = folds.map((fold) => 1 - at(fold, 0))
  const mean = average(unsafe)
  return average(unsafe.map((value) => Math.abs(value - mean)))
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** A vector that is too short says nothing for the rest: 0. */
function at(values: readonly number[], index: number): number {
  return values[index] ?? 0
}
