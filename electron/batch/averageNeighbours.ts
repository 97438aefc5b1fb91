import { listPictures, streamPictures } from '../engine/capture/pictureFolder.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Problem } from '../core/ports.ts'
import { NeighbourMeans } from './neighbourMeans.ts'
import { listed, pathsByName, SubmissionTable, writeSubmission } from './submissionFile.ts'
import type { SubmissionRow } from './submissionFile.ts'

export interface AverageNeighboursOptions {
  readonly submission: string
  /** Picture files; those without a row are left alone. */
  readonly paths: readonly string[]
  readonly out: string
  /** How many pictures count beside each. */
  readonly neighbours: number
  /** Ends the call with the signal's reason; `out` stays as it was. */
  readonly signal: AbortSignal
  /** A picture was read, or later on compared with the others: so many steps of all. */
  readonly onStep: (done: number, all: number) => void
  readonly onProblem: (problem: Problem) => void
}

/**
 * Writes a submission whose rows are means over the pictures most alike, in the order of the first.
 * The row of a picture that cannot be read stays as it is, and counts for no other. `out` appears
 * when it is whole.
 * @returns the number of rows
 * @throws RoadwardError `neighbours-missing` naming pictures, `submission-names`, and as
 *   `SubmissionTable`
 */
export async function averageNeighbours(options: AverageNeighboursOptions): Promise<number> {
  const { out, signal, onStep, onProblem } = options
  const table = await SubmissionTable.read(options.submission)
  const images = [...table.images]
  const paths = pathsOf(images, options)
  const means = new NeighbourMeans(options.neighbours)
  const places = new Map<string, number>()
  const all = 2 * images.length
  let read = 0
  for await (const picture of streamPictures(paths, signal)) {
    const image = images[read++] ?? ''
    if (picture.kind === 'problem') onProblem(picture.problem)
    else places.set(image, means.add(picture.frame, table.row(image)))
    onStep(read, all)
  }
  function* rows(): Generator<SubmissionRow, void> {
    for (const [i, image] of images.entries()) {
      signal.throwIfAborted()
      const place = places.get(image)
      yield { image, probabilities: place === undefined ? table.row(image) : means.mean(place) }
      onStep(images.length + i + 1, all)
    }
  }
  await writeSubmission(out, rows())
  return images.length
}

/**
 * `averageNeighbours` over a folder or glob of pictures.
 * @throws RoadwardError as `listPictures` and `averageNeighbours`
 */
export async function averageFolder({
  directory,
  ...options
}: Omit<AverageNeighboursOptions, 'paths'> & { readonly directory: string }): Promise<number> {
  return averageNeighbours({ ...options, paths: await listPictures(directory) })
}

/** The file of every picture, in order. */
function pathsOf(
  images: readonly string[],
  { submission, paths }: AverageNeighboursOptions,
): readonly string[] {
  const files = pathsByName(paths)
  const missing = images.filter((image) => !files.has(image))
  if (missing.length === 0) return images.map((image) => files.get(image) ?? '')
  throw new RoadwardError(
    'neighbours-missing',
    `${submission} has rows of ${listed(missing)} that the folder lacks.`,
    'Name the folder that the submission was made of.',
  )
}
