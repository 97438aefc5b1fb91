/** A drive made up: four minutes of good driving with everything in between, told again and again. */

import { CLASSES } from '../../../dist/core/labels.js'
import { disagreement, entropy, topClass } from '../../../dist/core/ensemble/ensemble.js'

/** @typedef {import('../../../electron/core/labels.ts').ClassId} ClassId */
/** @typedef {import('../../../electron/core/prediction.ts').Prediction} Prediction */

export const FRAME_MS = 100
export const PERIOD_MS = 240_000

/** Of a long drive every fourth period is eventful, the others are good driving. */
const EVENTFUL_EVERY = 4

/**
 * From when to when what is done; `gap` is a camera that is covered, `doubt` a network that cannot tell.
 * @type {readonly (readonly [number, number, ClassId | 'gap' | 'doubt'])[]}
 */
const SCENES = [
  [18_000, 20_400, 'c6'],
  [41_000, 46_500, 'c1'],
  [70_000, 71_000, 'c9'],
  [84_000, 92_500, 'c4'],
  [110_000, 113_500, 'c5'],
  [118_000, 121_500, 'c5'],
  [125_000, 129_500, 'c9'],
  [146_000, 156_000, 'gap'],
  [170_000, 176_800, 'doubt'],
  [192_000, 196_200, 'c7'],
  [214_000, 216_700, 'c2'],
]

/** What a person in that scene is taken for as well. */
const RIVALS = {
  c1: 'c2',
  c2: 'c1',
  c3: 'c4',
  c4: 'c8',
  c5: 'c0',
  c6: 'c8',
  c7: 'c9',
  c8: 'c6',
  c9: 'c0',
  c0: 'c9',
}

/** @param {number} tMs */
export function isEventful(tMs) {
  return Math.floor(tMs / PERIOD_MS) % EVENTFUL_EVERY === 0
}

/** How far from the middle each of twelve folds is. */
const OFFSETS = Array.from({ length: 12 }, (_, fold) => (2 * fold) / 11 - 1)

/**
 * What the ensemble says at a time, or nothing while the camera is covered.
 * @param {number} tMs
 * @returns {Prediction | undefined}
 */
export function predictionAt(tMs) {
  const at = tMs % PERIOD_MS
  const scene = !isEventful(tMs)
    ? 'c0'
    : (SCENES.find(([from, to]) => at >= from && at < to)?.[2] ?? 'c0')
  if (scene === 'gap') return undefined
  const wave = 0.05 * Math.sin(at / 900) + 0.03 * Math.sin(at / 310)
  const folds = OFFSETS.map((k, fold) =>
    scene === 'doubt'
      ? vector(fold % 2 === 0 ? 'c0' : 'c8', 0.82 + wave)
      : vector(scene, 0.88 + wave + 0.035 * k),
  )
  const probabilities = CLASSES.map((_, i) => mean(folds.map((fold) => fold[i] ?? 0)))
  return {
    seq: Math.round(tMs / FRAME_MS),
    tMs,
    probabilities,
    top: topClass(probabilities),
    folds,
    disagreement: disagreement(folds),
    entropy: entropy(probabilities),
  }
}

/**
 * @param {ClassId} top
 * @param {number} share
 */
function vector(top, share) {
  const sure = Math.min(0.97, share)
  const rest = 1 - sure
  return CLASSES.map((id) => (id === top ? sure : id === RIVALS[top] ? 0.6 * rest : 0.05 * rest))
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
