import { WORDS } from '../../contract/words/words.ts'
import { scoreSubmission, type SubmissionScore } from '../../batch/scoreSubmission.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { printJson, printLine } from '../../app/commandLine/output.ts'

/** Scores a submission against the truth and prints the result. */
export async function score(submission: string, truth: string, json: boolean): Promise<ExitCode> {
  const result = await scoreSubmission(submission, truth)
  if (json) printJson(result)
  else printScore(result)
  return EXIT.done
}

function printScore(result: SubmissionScore): void {
  const { images, logLoss, accuracy, ece, withoutTruth, notSubmitted } = result
  printLine(
    `${images} pictures: log loss ${logLoss.toFixed(5)}, accuracy ${percent(accuracy)}, ` +
      `calibration error ${ece.toFixed(4)}`,
  )
  for (const { class: id, images: count, ...own } of result.perClass) {
    printLine(
      `  ${id} ${WORDS.en.class[id].padEnd(21)} ${String(count).padStart(6)}  ` +
        `log loss ${own.logLoss?.toFixed(4).padStart(7) ?? '      -'}  ` +
        `recall ${percent(own.recall)}  precision ${percent(own.precision)}`,
    )
  }
  if (withoutTruth > 0) printLine(`${withoutTruth} pictures have no known truth: left out.`)
  if (notSubmitted > 0) printLine(`${notSubmitted} pictures of the truth were not submitted.`)
}

/** @param share NaN where there is nothing to divide by */
function percent(share: number): string {
  return (Number.isNaN(share) ? '-' : `${(share * 100).toFixed(1)} %`).padStart(7)
}
