import { RoadwardError } from '../core/errors.ts'
import { CLASSES, type ClassId } from '../core/labels.ts'
import { ScoreTally, type ClassScore, type Score } from '../core/evaluation/metrics.ts'
import { csvError, readCsv, shown } from './csv.ts'
import { SubmissionTable } from './submissionFile.ts'

/** Score of a submission; the JSON of `roadward score`. */
export interface SubmissionScore extends Score {
  readonly perClass: readonly (ClassScore & {
    /** Over the pictures of this class; undefined without any. */
    readonly logLoss: number | undefined
  })[]
  /** Pictures of the submission without a known truth, and the other way round: left out. */
  readonly withoutTruth: number
  readonly notSubmitted: number
}

/**
 * Scores a submission as Kaggle does: rows rescaled to sum 1, clipped at 1e-15, mean log loss.
 * @param truthPath CSV with the columns `img` and `classname`, such as driver_imgs_list.csv
 * @throws RoadwardError `submission-csv`, `truth-csv`, `csv-unreadable`, `score-nothing`
 */
export async function scoreSubmission(path: string, truthPath: string): Promise<SubmissionScore> {
  const table = await SubmissionTable.read(path)
  const total = new ScoreTally()
  const losses = new Map(CLASSES.map((id) => [id, new ScoreTally()]))
  let notSubmitted = 0
  for await (const { image, truth } of readTruth(truthPath)) {
    if (!table.has(image)) {
      notSubmitted += 1
      continue
    }
    const row = table.row(image)
    total.add(row, truth)
    losses.get(truth)?.add(row, truth)
  }
  if (total.images === 0) {
    throw new RoadwardError(
      'score-nothing',
      `No picture of ${path} has a truth in ${truthPath}.`,
      'Name the list that belongs to the pictures.',
    )
  }
  const perClass = total.perClass().map((score) => {
    const logLoss = score.images === 0 ? undefined : losses.get(score.class)?.score().logLoss
    return { ...score, logLoss }
  })
  return { ...total.score(), perClass, withoutTruth: table.size - total.images, notSubmitted }
}

interface TruthRow {
  readonly image: string
  readonly truth: ClassId
}

async function* readTruth(path: string): AsyncGenerator<TruthRow, void> {
  let columns: { readonly image: number; readonly truth: number } | undefined
  const seen = new Set<string>()
  for await (const { cells, line } of readCsv(path)) {
    if (columns === undefined) {
      columns = { image: cells.indexOf('img'), truth: cells.indexOf('classname') }
      if (columns.image !== -1 && columns.truth !== -1) continue
      throw wrong(
        path,
        line,
        `should name the columns img and classname but reads "${shown(cells)}"`,
      )
    }
    const image = cells[columns.image] ?? ''
    const truth = CLASSES.find((id) => id === cells[columns?.truth ?? -1])
    if (truth === undefined) {
      throw wrong(path, line, `has no class from c0 to c9 but reads "${shown(cells)}"`)
    }
    if (seen.has(image)) throw wrong(path, line, `names ${image} for the second time`)
    seen.add(image)
    yield { image, truth }
  }
}

function wrong(path: string, line: number, what: string): RoadwardError {
  return csvError(
    'truth-csv',
    path,
    line,
    what,
    'Use driver_imgs_list.csv or a CSV of img,classname.',
  )
}
