import type { DriveScorer } from '../core/evaluation/driveScore.ts'
import type { Frame } from '../core/frame.ts'
import { CLASSES, type ClassId } from '../core/labels.ts'
import { ScoreTally, type ClassScore, type Score } from '../core/evaluation/metrics.ts'
import type { FrameSource, Problem } from '../core/ports.ts'
import { nowMs } from '../engine/drive/clock.ts'
import type { EnsemblePort } from '../engine/inference/ensemblePort.ts'
import { NeighbourMeans } from './neighbourMeans.ts'

interface DriverScore extends Score {
  readonly driver: string
}

interface FoldScore extends Score {
  readonly fold: string
}

interface NeighbourScore extends Score {
  /** Pictures that counted beside each. */
  readonly count: number
}

/** How well an ensemble knows a labelled set; the JSON of `roadward evaluate`. */
export interface Evaluation extends Score {
  readonly ensemble: string
  readonly outOfFold: boolean
  readonly drivers: readonly DriverScore[]
  readonly perClass: readonly ClassScore[]
  /** Rows are the true classes, columns the guesses. */
  readonly confusion: readonly (readonly number[])[]
  /** Each fold that was asked about a picture: alone, uncalibrated, on those pictures. */
  readonly folds: readonly FoldScore[]
  /** When each picture is averaged with those most alike. */
  readonly neighbours?: NeighbourScore
  /** Decoding, preparation and inference of one picture, mean. */
  readonly msPerImage: number
}

export interface EvaluationOptions {
  readonly source: FrameSource
  readonly ensemble: EnsemblePort
  /** Ask for each picture only the folds that had its driver in validation. */
  readonly outOfFold: boolean
  /** See every drive too: predictions are made once, however many presets act on them. */
  readonly scorers?: readonly DriveScorer[]
  /** Score means over so many pictures most alike too. */
  readonly neighbours?: number | undefined
  readonly onPicture: (done: number) => void
  readonly onProblem: (problem: Problem) => void
}

/** Runs the ensemble over a labelled set, driver by driver. Pictures without truth are left out. */
export async function evaluate(options: EvaluationOptions): Promise<Evaluation> {
  const { source, ensemble, outOfFold, scorers = [], onPicture, onProblem } = options
  const total = new ScoreTally()
  const drivers = new Map<string, ScoreTally>()
  const folds = new Map(ensemble.foldNames.map((name) => [name, new ScoreTally()]))
  const alike =
    options.neighbours === undefined ? undefined : new NeighbourTally(options.neighbours)
  let driver = source.info.uri
  let active: ReadonlySet<string> | undefined
  let done = 0
  const startedAt = nowMs()
  for await (const item of source) {
    if (item.kind === 'drive') {
      driver = item.label
      active = outOfFold ? foldsWithout(ensemble, driver) : undefined
      if (active?.size === 0) onProblem(noFold(driver))
      else for (const scorer of scorers) scorer.startDrive(driver)
    } else if (item.kind === 'frame') {
      onPicture((done += 1))
      if (item.truth === undefined || active?.size === 0) continue
      const result = await ensemble.predict(
        item.frame,
        active === undefined ? {} : { folds: active },
      )
      total.add(result.probabilities, item.truth)
      alike?.add(item.frame, result.probabilities, item.truth)
      tallyOf(drivers, driver).add(result.probabilities, item.truth)
      addFolds(folds, result.foldNames, result.folds, item.truth)
      const { tMs, view } = item.frame
      const judged = { tMs, view, prediction: result, truth: item.truth }
      for (const scorer of scorers) scorer.frame(judged)
    } else {
      onProblem(item.problem)
    }
  }
  const msPerImage = (nowMs() - startedAt) / Math.max(1, total.images)
  return {
    ensemble: ensemble.manifest.id,
    outOfFold,
    ...total.score(),
    drivers: [...drivers].map(([name, tally]) => ({ driver: name, ...tally.score() })),
    perClass: total.perClass(),
    confusion: total.confusion,
    folds: [...folds]
      .filter(([, tally]) => tally.images > 0)
      .map(([fold, tally]) => ({ fold, ...tally.score() })),
    ...(alike === undefined ? {} : { neighbours: alike.score() }),
    msPerImage,
  }
}

/** Scores what is left to say when all pictures are known. */
class NeighbourTally {
  readonly #count: number
  readonly #means: NeighbourMeans
  readonly #truths: ClassId[] = []

  constructor(count: number) {
    this.#count = count
    this.#means = new NeighbourMeans(count)
  }

  add(frame: Frame, probabilities: readonly number[], truth: ClassId): void {
    this.#means.add(frame, probabilities)
    this.#truths.push(truth)
  }

  score(): NeighbourScore {
    const tally = new ScoreTally()
    for (const [i, truth] of this.#truths.entries()) tally.add(this.#means.mean(i), truth)
    return { count: this.#count, ...tally.score() }
  }
}

function foldsWithout(ensemble: EnsemblePort, driver: string): ReadonlySet<string> {
  const valid = ensemble.manifest.folds.filter((fold) => fold.validDrivers.includes(driver))
  return new Set(valid.map((fold) => fold.name))
}

function noFold(driver: string): Problem {
  return {
    severity: 'warning',
    code: 'driver-in-no-fold',
    message: `No fold had driver ${driver} in validation: the driver's pictures are left out.`,
    tip: undefined,
  }
}

function tallyOf(tallies: Map<string, ScoreTally>, key: string): ScoreTally {
  const tally = tallies.get(key) ?? new ScoreTally()
  tallies.set(key, tally)
  return tally
}

function addFolds(
  tallies: ReadonlyMap<string, ScoreTally>,
  names: readonly string[],
  folds: readonly (readonly number[])[],
  truth: ClassId,
): void {
  for (const [i, name] of names.entries()) {
    const probabilities = folds[i]
    if (probabilities?.length === CLASSES.length) tallies.get(name)?.add(probabilities, truth)
  }
}
