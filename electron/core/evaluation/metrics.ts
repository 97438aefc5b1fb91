import { Counts } from './counts.ts'
import { CLASSES, type ClassId } from '../labels.ts'

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
  /** Cell `10 * truth + guess`. */
  readonly #confusion = new Counts()
  /** For each confidence bin, hits minus the confidence promised. */
  readonly #surplus = new Counts()
  #images = 0
  #hits = 0
  #lossSum = 0

  /**
   * @param probabilities ten values, not all zero; they are rescaled to sum 1
   * @param truth the picture's true class
   */
  add(probabilities: readonly number[], truth: ClassId): void {
    const total = sum(probabilities)
    const confidence = Math.max(...probabilities) / total
    const guess = probabilities.indexOf(Math.max(...probabilities))
    const actual = CLASSES.indexOf(truth)
    const hit = guess === actual ? 1 : 0
    this.#images += 1
    this.#hits += hit
    this.#lossSum -= Math.log(clip((probabilities[actual] ?? 0) / total))
    this.#confusion.add(CLASSES.length * actual + guess)
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS))
    this.#surplus.add(bin, hit - confidence)
  }

  get images(): number {
    return this.#images
  }

  /** Rows are the true classes, columns the guesses, both in the order of `CLASSES`. */
  get confusion(): number[][] {
    return CLASSES.map((_, truth) => CLASSES.map((__, guess) => this.#cell(truth, guess)))
  }

  /** NaN figures when no picture was added. */
  score(): Score {
    const bins = Array.from({ length: CALIBRATION_BINS }, (_, bin) => this.#surplus.get(bin))
    return {
      images: this.#images,
      accuracy: this.#hits / this.#images,
      logLoss: this.#lossSum / this.#images,
      ece: sum(bins.map(Math.abs)) / this.#images,
    }
  }

  /** Precision and recall of every class; NaN where a class is never guessed or never occurs. */
  perClass(): ClassScore[] {
    return CLASSES.map((id, i) => {
      const hits = this.#cell(i, i)
      const images = sum(CLASSES.map((_, guess) => this.#cell(i, guess)))
      const guessed = sum(CLASSES.map((_, truth) => this.#cell(truth, i)))
      return { class: id, images, precision: hits / guessed, recall: hits / images }
    })
  }

  #cell(truth: number, guess: number): number {
    return this.#confusion.get(CLASSES.length * truth + guess)
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function clip(p: number): number {
  return Math.min(1 - LOG_LOSS_CLIP, Math.max(LOG_LOSS_CLIP, p))
}
