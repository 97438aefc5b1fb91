import { CLASSES } from '../../core/labels.ts'
import { evaluateFolder, type FolderEvaluationOptions } from '../../batch/evaluateFolder.ts'
import type { Evaluation } from '../../batch/evaluation.ts'
import { printDriveTable } from './driveTable.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { printJson, printLine, printProblem } from '../../app/commandLine/output.ts'
import { pictureBar } from './progress.ts'

type EvaluateOptions = Omit<FolderEvaluationOptions, `on${string}`> & { readonly json: boolean }

/** Scores an ensemble on a State Farm folder and prints the result. */
export async function evaluate({ json, ...options }: EvaluateOptions): Promise<ExitCode> {
  const bar = pictureBar(0)
  try {
    const { evaluation, drives } = await evaluateFolder({
      ...options,
      onStart: (pictures) => {
        bar.setTotal(pictures)
      },
      onPicture: (done) => {
        bar.update(done)
      },
      onProblem: printProblem,
    })
    bar.stop()
    if (json) printJson(drives.length === 0 ? evaluation : { ...evaluation, presets: drives })
    else {
      printTable(evaluation)
      printDriveTable(drives)
    }
    return EXIT.done
  } finally {
    bar.stop()
  }
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
