import { CLASSES } from '../labels.ts'
import type { ClassId } from '../labels.ts'
import type { Millis } from '../frame.ts'
import type { Prediction } from '../prediction.ts'
import type { FilterSettings } from './preset.ts'

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
 * What is believed after one more frame: the forward step of a hidden Markov model whose states are
 * the ten classes. Between frames the driver may have changed to any class (`changesPerSecond`);
 * then each class is weighed by what the frame says for it. Clear frames turn the belief at once,
 * hesitant ones only together, so that neither a wrong frame nor a weak one alarms. Frames of the
 * same moment repeat each other: evidence counts by time (`evidenceMs`), not by frames. The measures
 * of doubt are smoothed, `alpha = 1 - exp(-dt / tau)`.
 *
 * Source: Rabiner, A tutorial on hidden Markov models (1989), section III-A; constants ours, ADR 0008.
 */
export function follow(
  belief: Belief | undefined,
  fresh: Belief,
  dtMs: Millis,
  filter: FilterSettings,
): Belief {
  if (belief === undefined) return fresh
  const alpha = 1 - Math.exp(-dtMs / filter.tauMs)
  const mix = (from: number, to: number): number => from + alpha * (to - from)
  return {
    probabilities: weigh(belief, fresh, dtMs, filter),
    split: mix(belief.split, fresh.split),
    disagreement: mix(belief.disagreement, fresh.disagreement),
    entropy: mix(belief.entropy, fresh.entropy),
  }
}

function weigh(
  belief: Belief,
  fresh: Belief,
  dtMs: Millis,
  { transitionsPerSecond, correlationMs, outlierShare }: FilterSettings,
): readonly number[] {
  const even = 1 / CLASSES.length
  const stay = Math.exp((-transitionsPerSecond * dtMs) / 1000)
  const share = Math.min(1, dtMs / correlationMs)
  const weights = CLASSES.map((_, i) => {
    const before = even + stay * (at(belief.probabilities, i) - even)
    const likelihood = even + (1 - outlierShare) * (at(fresh.probabilities, i) - even)
    return before * likelihood ** share
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
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
