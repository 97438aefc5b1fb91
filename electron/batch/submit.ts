import { omitUndefined } from '../core/omitUndefined.ts'
import { listPictures, streamPictures } from '../engine/capture/pictureFolder.ts'
import { openEnsemble } from '../engine/inference/ensemble.ts'
import type { Problem } from '../core/ports.ts'
import { UNKNOWN } from '../core/evaluation/submission.ts'
import type { EnsemblePort } from '../engine/inference/ensemblePort.ts'
import { pathsByName } from './submissionFile.ts'
import { originOf } from './submissionOrigin.ts'
import { SubmissionOutput } from './submissionOutput.ts'

export interface SubmitOptions {
  /** What the user named. */
  readonly pictures: string
  /** Picture files in the order of the rows. */
  readonly paths: readonly string[]
  readonly ensemble: EnsemblePort
  readonly out: string
  /** Start over, whatever `out` holds. */
  readonly overwrite: boolean
  /** Leaves off after the picture in hand; the same call goes on later. */
  readonly signal: AbortSignal
  /** Called once with the rows that are already there, then after each picture. */
  readonly onRows: (rows: number) => void
  readonly onProblem: (problem: Problem) => void
}

export interface SubmitResult {
  /** Rows in the file, of `paths.length`. */
  readonly rows: number
  /** Rows that were there before. */
  readonly kept: number
  /** Pictures that could not be read: their rows say 0.1 for every class. */
  readonly unknown: readonly string[]
}

/**
 * Writes what the ensemble says of every picture, one row each, in constant memory.
 * @throws RoadwardError `submission-names`, and as `SubmissionOutput.open`
 */
export async function submit(options: SubmitOptions): Promise<SubmitResult> {
  const { paths, ensemble, out, overwrite, signal, onRows, onProblem } = options
  const names = [...pathsByName(paths).keys()]
  const origin = originOf(options.pictures, names, ensemble)
  await using output = await SubmissionOutput.open(out, names, origin, overwrite)
  const unknown = [...output.unknown]
  let rows = output.rows
  onRows(rows)
  for await (const picture of streamPictures(paths.slice(rows), signal)) {
    const name = names[rows] ?? ''
    if (picture.kind === 'frame') {
      const { probabilities } = await ensemble.predict(picture.frame)
      await output.write(name, probabilities)
    } else {
      onProblem(picture.problem)
      unknown.push(name)
      await output.write(name, UNKNOWN)
    }
    rows += 1
    onRows(rows)
  }
  return { rows, kept: output.rows, unknown }
}

export interface FolderSubmission extends Omit<SubmitOptions, 'paths' | 'ensemble'> {
  readonly ensembleDirectory: string
  readonly providers: readonly string[] | undefined
  /** Called once, with the number of pictures. */
  readonly onStart: (pictures: number) => void
}

/**
 * `submit` over a folder or glob of pictures.
 * @throws RoadwardError as `listPictures`, `openEnsemble` and `submit`
 */
export async function submitFolder(options: FolderSubmission): Promise<SubmitResult> {
  const paths = await listPictures(options.pictures)
  await using ensemble = await openEnsemble(
    options.ensembleDirectory,
    omitUndefined({ providers: options.providers }),
  )
  ensemble.problems.forEach(options.onProblem)
  options.onStart(paths.length)
  return await submit({ ...options, paths, ensemble })
}
