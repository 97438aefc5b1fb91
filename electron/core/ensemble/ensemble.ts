import { CLASSES, type ClassId } from '../labels.ts'

/**
 * How the folds' outputs become one distribution:
 * - `mean-probabilities`: the weighted arithmetic mean, as the report's bagging;
 * - `mean-logits`: softmax of the weighted mean of the logits;
 * - `geometric`: the weighted geometric mean, normalised.
 */
export type Combination = 'mean-probabilities' | 'mean-logits' | 'geometric'

/** What one fold said of one picture. */
export interface FoldOutput {
  readonly kind: 'logits' | 'probabilities'
  /** One value per class, in the order of `CLASSES`. */
  readonly values: readonly number[]
  /** Above 0; only the ratios between folds count. */
  readonly weight: number
}

/** The maths of a `Prediction`, without its place in the drive. */
export interface Combined {
  /** Sums to 1, in the order of `CLASSES`. */
  readonly probabilities: readonly number[]
  readonly top: ClassId
  /** Each fold's own distribution, before the temperature. */
  readonly folds: readonly (readonly number[])[]
  /** Mean over folds of the total variation distance to their mean, 0 to 1. */
  readonly disagreement: number
  /** Shannon entropy divided by its maximum, 0 to 1. */
  readonly entropy: number
}

/** The least probability whose logarithm is taken. Source: Kaggle clips its log loss there. */
const LEAST_PROBABILITY = 1e-15

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Probabilities of logits (or of log probabilities): shift-invariant, safe from overflow. */
export function softmax(logits: readonly number[]): number[] {
  const highest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - highest))
  const total = sum(powers)
  return powers.map((power) => power / total)
}

/**
 * Sharpens (below 1) or softens (above 1) a distribution: p^(1/T), normalised. 1 is the identity.
 * Fitted after combining, because averaging folds makes them less certain than they are right.
 */
export function temper(probabilities: readonly number[], temperature: number): readonly number[] {
  if (temperature === 1) return probabilities
  return softmax(probabilities.map((p) => logOf(p) / temperature))
}

/** Mean over folds of their total variation distance to the plain mean: 0 agree, towards 1 quarrel. */
export function disagreement(folds: readonly (readonly number[])[]): number {
  const mean = weightedMean(folds.map((values) => ({ values, weight: 1 })))
  const distances = folds.map(
    (values) => sum(pairwise(values, mean, (value, centre) => Math.abs(value - centre))) / 2,
  )
  return Math.min(1, sum(distances) / folds.length)
}

/** Shannon entropy over its maximum (ln of the number of classes): 0 certain, 1 knows nothing. */
export function entropy(probabilities: readonly number[]): number {
  const nats = -sum(probabilities.map((p) => p * logOf(p)))
  return Math.min(1, Math.max(0, nats / Math.log(probabilities.length)))
}

/** The class with the highest probability; the first of equals. */
export function topClass(probabilities: readonly number[]): ClassId {
  const highest = Math.max(...probabilities)
  return CLASSES.find((_, index) => probabilities[index] === highest) ?? CLASSES[0]
}

/**
 * One distribution from the folds that ran. Weights are renormalised over them, so that any
 * subset of folds (out-of-fold evaluation, load shedding) gives a distribution too.
 *
 * @param outputs at least one; finite values.
 */
export function combine(
  outputs: readonly FoldOutput[],
  combination: Combination,
  temperature: number,
): Combined {
  const folds = outputs.map((output) => foldProbabilities(output))
  const probabilities = temper(average(outputs, folds, combination), temperature)
  return {
    probabilities,
    top: topClass(probabilities),
    folds,
    disagreement: disagreement(folds),
    entropy: entropy(probabilities),
  }
}

function average(
  outputs: readonly FoldOutput[],
  folds: readonly (readonly number[])[],
  combination: Combination,
): readonly number[] {
  switch (combination) {
    case 'mean-probabilities':
      return weightedMean(pairwise(outputs, folds, ({ weight }, values) => ({ values, weight })))
    // A fold's logits and its log probabilities differ by a constant, which softmax forgets:
    // the mean of logits and the geometric mean are one distribution.
    case 'mean-logits':
    case 'geometric':
      return softmax(
        weightedMean(
          outputs.map((output) => ({ values: foldLogits(output), weight: output.weight })),
        ),
      )
  }
}

/** A fold's distribution; given probabilities are normalised against rounding in the network. */
function foldProbabilities({ kind, values }: FoldOutput): readonly number[] {
  if (kind === 'logits') return softmax(values)
  const total = sum(values)
  return values.map((value) => value / total)
}

function foldLogits({ kind, values }: FoldOutput): readonly number[] {
  return kind === 'logits' ? values : values.map((value) => logOf(value))
}

function weightedMean(
  vectors: readonly { readonly values: readonly number[]; readonly weight: number }[],
): readonly number[] {
  const total = sum(vectors.map(({ weight }) => weight))
  return vectors
    .map(({ values, weight }) => values.map((value) => (value * weight) / total))
    .reduce((totals, part) => pairwise(totals, part, (a, b) => a + b))
}

function pairwise<A, B, R>(a: readonly A[], b: readonly B[], join: (a: A, b: B) => R): R[] {
  return a.map((value, index) => join(value, b[index] as B))
}

function logOf(probability: number): number {
  return Math.log(Math.max(probability, LEAST_PROBABILITY))
}
