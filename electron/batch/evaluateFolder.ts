import { omitUndefined } from '../core/omitUndefined.ts'
import { DriveScorer, type DriveScore } from '../core/evaluation/driveScore.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Problem, SourceInfo } from '../core/ports.ts'
import type { Preset } from '../core/monitor/preset.ts'
import { openSource } from '../engine/capture/openSource.ts'
import { DEFAULT_PICTURES_PER_SECOND } from '../engine/capture/sourceOptions.ts'
import { openEnsemble } from '../engine/inference/ensemble.ts'
import { evaluate, type Evaluation } from './evaluation.ts'

export interface FolderEvaluationOptions {
  /** A State Farm folder. */
  readonly directory: string
  readonly ensembleDirectory: string
  readonly providers: readonly string[] | undefined
  readonly outOfFold: boolean
  /** Only these; all by default. */
  readonly drivers: readonly string[] | undefined
  /** Score each driver's pictures as a drive under these presets too. */
  readonly presets: readonly Preset[]
  /** Score means over so many pictures most alike too. */
  readonly neighbours: number | undefined
  /** Called once, with the number of pictures. */
  readonly onStart: (pictures: number) => void
  readonly onPicture: (done: number) => void
  readonly onProblem: (problem: Problem) => void
}

export interface FolderEvaluation {
  readonly evaluation: Evaluation
  /** One for each preset. */
  readonly drives: readonly DriveScore[]
}

/**
 * Scores an ensemble on a State Farm folder.
 * @throws RoadwardError `not-labelled`, `nothing-to-evaluate`, and as `openEnsemble` and `openSource`
 */
export async function evaluateFolder(options: FolderEvaluationOptions): Promise<FolderEvaluation> {
  const { directory, drivers, presets, onStart, onProblem } = options
  await using ensemble = await openEnsemble(
    options.ensembleDirectory,
    omitUndefined({ providers: options.providers }),
  )
  ensemble.problems.forEach(onProblem)
  await using source = await openSource(directory, omitUndefined({ driver: drivers }))
  if (source.info.kind !== 'statefarm') {
    throw new RoadwardError(
      'not-labelled',
      `${directory} has no driver_imgs_list.csv, so there is no truth to compare with.`,
      'Name a State Farm folder, or use `roadward watch` for pictures without labels.',
    )
  }
  const scorers = presets.map((preset) => new DriveScorer(preset, periodMs(source.info)))
  onStart(source.info.frames ?? 0)
  const evaluation = await evaluate({ ...options, source, ensemble, scorers })
  if (evaluation.images === 0) {
    throw new RoadwardError(
      'nothing-to-evaluate',
      `No picture in ${directory} could be evaluated.`,
      'Check --drivers and --out-of-fold against the manifest of the ensemble.',
    )
  }
  return { evaluation, drives: scorers.map((scorer) => scorer.score()) }
}

function periodMs({ framesPerSecond = DEFAULT_PICTURES_PER_SECOND }: SourceInfo): number {
  return 1000 / framesPerSecond
}
