import { openSource } from '../../capture/openSource.ts'
import { DEFAULT_PICTURES_PER_SECOND } from '../../capture/sourceOptions.ts'
import { defined } from '../../core/defined.ts'
import { DriveScorer } from '../../core/driveScore.ts'
import { RoadwardError } from '../../core/errors.ts'
import { CLASSES } from '../../core/labels.ts'
import type { SourceInfo } from '../../core/ports.ts'
import type { Preset } from '../../core/preset.ts'
import { evaluate, type Evaluation } from '../../engine/evaluation.ts'
import { openEnsemble } from '../../inference/ensemble.ts'
import { printDriveTable } from './driveTable.ts'
import { EXIT, type ExitCode } from './exitCodes.ts'
import { printJson, printLine, printProblem } from './output.ts'
import { pictureBar } from './progress.ts'

export interface EvaluateOptions {
  readonly directory: string
  readonly ensembleDirectory: string
  readonly providers: readonly string[] | undefined
  readonly outOfFold: boolean
  readonly drivers: readonly string[] | undefined
  /** Score each driver's pictures as a drive under these presets too. */
  readonly presets: readonly Preset[]
  /** Score means over so many pictures most alike too. */
  readonly neighbours: number | undefined
  readonly json: boolean
}

/** Scores an ensemble on a State Farm folder and prints the result. */
export async function evaluateFolder(options: EvaluateOptions): Promise<ExitCode> {
  const { directory, drivers, outOfFold, presets, neighbours, json } = options
  await using ensemble = await openEnsemble(
    options.ensembleDirectory,
    defined({ providers: options.providers }),
  )
  ensemble.problems.forEach(printProblem)
  await using source = await openSource(directory, defined({ driver: drivers }))
  if (source.info.kind !== 'statefarm') {
    throw new RoadwardError(
      'not-labelled',
      `${directory} has no driver_imgs_list.csv, so there is no truth to compare with.`,
      'Name a State Farm folder, or use `roadward watch` for pictures without labels.',
    )
  }
  const scorers = presets.map((preset) => new DriveScorer(preset, periodMs(source.info)))
  const bar = pictureBar(source.info.frames ?? 0)
  const onPicture = (done: number): void => {
    bar.update(done)
  }
  const result = await evaluate({
    source,
    ensemble,
    outOfFold,
    scorers,
    neighbours,
    onPicture,
    onProblem: printProblem,
  })
  bar.stop()
  if (result.images === 0) {
    throw new RoadwardError(
      'nothing-to-evaluate',
      `No picture in ${directory} could be evaluated.`,
      'Check --drivers and --out-of-fold against the manifest of the ensemble.',
    )
  }
  const drives = scorers.map((scorer) => scorer.score())
  if (json) printJson(drives.length === 0 ? result : { ...result, presets: drives })
  else {
    printTable(result)
    printDriveTable(drives)
  }
  return EXIT.done
}

function periodMs({ framesPerSecond = DEFAULT_PICTURES_PER_SECOND }: SourceInfo): number {
  return 1000 / framesPerSecond
}

function printTable(result: Evaluation): void {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  const figures = (score: { accuracy: number; logLoss: number; ece: number }): string =>
    `accuracy ${percent(score.accuracy)}, log loss ${score.logLoss.toFixed(4)}, ` +
    `calibration error ${score.ece.toFixed(4)}`
  const how = result.outOfFold ? 'out of fold' : 'all folds'
  printLine(`${result.ensemble}, ${result.images} pictures, ${how}: ${figures(result)}`)
  if (result.neighbours !== undefined) {
    const { count } = result.neighbours
    printLine(`  averaged with the ${count} pictures most alike: ${figures(result.neighbours)}`)
  }
  for (const fold of result.folds) {
    printLine(`  ${fold.fold.padEnd(8)} ${String(fold.images).padStart(6)}  ${figures(fold)}`)
  }
  for (const driver of result.drivers) {
    printLine(
      `  ${driver.driver.padEnd(8)} ${String(driver.images).padStart(6)}  ${figures(driver)}`,
    )
  }
  printLine('Confusion (rows: truth, columns: guess)')
  printLine(`      ${CLASSES.map((id) => id.padStart(5)).join('')}`)
  result.confusion.forEach((row, i) => {
    printLine(`  ${CLASSES[i] ?? ''}  ${row.map((n) => String(n).padStart(5)).join('')}`)
  })
  printLine(`${result.msPerImage.toFixed(1)} ms a picture.`)
}
