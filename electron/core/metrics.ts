import { CLASSES, type ClassId } from './labels.ts'

/** Kaggle clips probabilities here before the logarithm (State Farm evaluation page). */
const LOG_LOSS_CLIP = 1e-15

/** Equal-width confidence bins of the expected calibration error (Guo et al. 2017 use 15). */
const CALIBRATION_BINS = 15

export interface ClassScore {
  readonly class: ClassId
  readonly images: number
  readonly precision: number
  readonly recall: number
}

export interface Score {
  readonly images: number
  /** Share of pictures whose most probable class is the true one, 0 to 1. */
  readonly accuracy: number
  /** Multi-class logarithmic loss as Kaggle computes it: rows rescaled to sum 1, clipped at 1e-15. */
  readonly logLoss: number
  /** Expected calibration error over 15 equal-width bins of the top probability, 0 to 1. */
  readonly ece: number
}

/** Running tally of classification results; feed it pictures, read the score at any time. */
export class ScoreTally {
  readonly #confusion = CLASSES.map(() => CLASSES.map(() => 0))
  readonly #bins = Array.from({ length: CALIBRATION_BINS }, () => ({ n: 0, hits: 0, sum: 0 }))
  #images = 0
  #hits = 0
  #lossSum = 0

  /**
   * @param probabilities ten values, not all zero; they are rescaled to sum 1
   * @param truth the picture's true class
   */
  add(probabilities: readonly number[], truth: ClassId): void {
    const total = probabilities.reduce((sum, p) => sum + p, 0)
    const row = probabilities.map((p) => p / total)
    const confidence = Math.max(...row)
    const guess = row.indexOf(confidence)
    const actual = CLASSES.indexOf(truth)
    const hit = guess === actual ? 1 : 0
    this.#images += 1
    this.#hits += hit
    this.#lossSum -= Math.log(clip(row[actual] as number))
    ;(this.#confusion[actual] as number[])[guess]! += 1
    const index = Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS))
    const bin = this.#bins[index] as { n: number; hits: number; sum: number }
    bin.n += 1
    bin.hits += hit
    bin.sum += confidence
  }

  get images(): number {
    return this.#images
  }

  /** Rows are the true classes, columns the guesses, both in the order of `CLASSES`. */
  get confusion(): number[][] {
    return this.#confusion.map((row) => [...row])
  }

  /** NaN figures when no picture was added. */
  score(): Score {
    const gap = this.#bins.reduce((sum, bin) => sum + Math.abs(bin.hits - bin.sum), 0)
    return {
      images: this.#images,
      accuracy: this.#hits / this.#images,
      logLoss: this.#lossSum / this.#images,
      ece: gap / this.#images,
    }
  }

  /** Precision and recall of every class; NaN where a class never occurs or is never guessed. */
  perClass(): ClassScore[] {
    return CLASSES.map((id, i) => {
      const row = this.#confusion[i] as number[]
      const hits = row[i] as number
      const images = row.reduce((sum, n) => sum + n, 0)
      const guessed = this.#confusion.reduce((sum, other) => sum + (other[i] as number), 0)
      return { class: id, images, precision: hits / guessed, recall: hits / images }
    })
  }
}

function clip(p: number): number {
  return Math.min(1 - LOG_LOSS_CLIP, Math.max(LOG_LOSS_CLIP, p))
}
