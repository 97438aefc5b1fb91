import type { ViewStats } from '../../core/frame.ts'
import type { EnsembleResult } from '../inference/ensemble.ts'

/**
 * What the policy is given is what a recorded drive keeps, float32, bit for bit: only then does
 * the policy give the same alerts again when it is run over what was kept.
 */
export function roundedResult(result: EnsembleResult): EnsembleResult {
  return {
    ...result,
    probabilities: result.probabilities.map(Math.fround),
    folds: result.folds.map((fold) => fold.map(Math.fround)),
    disagreement: Math.fround(result.disagreement),
    entropy: Math.fround(result.entropy),
  }
}

export function roundedView({ changeFromLast, ...light }: ViewStats): ViewStats {
  return {
    meanLuma: Math.fround(light.meanLuma),
    stdLuma: Math.fround(light.stdLuma),
    saturated: Math.fround(light.saturated),
    changeFromLast: changeFromLast === undefined ? undefined : Math.fround(changeFromLast),
  }
}

/** @param kmh undefined when unknown */
export function roundedSpeed(kmh: number | undefined): number | undefined {
  return kmh === undefined ? undefined : Math.fround(kmh)
}
