import { performance } from 'node:perf_hooks'
import type { Problem } from '../../core/ports.ts'
import { submitFolder, type FolderSubmission } from '../../batch/submit.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { Interruption } from '../../app/commandLine/interruption.ts'
import {
  PictureProblems,
  printLine,
  printProblem,
  SHOWN_PROBLEMS,
} from '../../app/commandLine/output.ts'
import { pictureBar } from './progress.ts'

type SubmitOptions = Omit<FolderSubmission, 'signal' | `on${string}`>

/** Writes a Kaggle submission; Ctrl-C leaves off, and the same call goes on. */
export async function submit(options: SubmitOptions): Promise<ExitCode> {
  using interruption = new Interruption()
  const bar = pictureBar(0)
  let pictures = 0
  let startedMs = 0
  try {
    const result = await submitFolder({
      ...options,
      signal: interruption.signal,
      onStart: (count) => {
        pictures = count
        bar.setTotal(count)
        startedMs = performance.now()
      },
      onRows: (rows) => {
        bar.update(rows)
      },
      onProblem: new PictureProblems().print,
    })
    bar.stop()
    const rate = (result.rows - result.kept) / ((performance.now() - startedMs) / 1000)
    if (result.kept > 0) printLine(`${result.kept} rows were there already.`)
    if (result.unknown.length > 0) printProblem(unknownPictures(result.unknown))
    printLine(
      `${options.out}: ${result.rows} of ${pictures} pictures, ${rate.toFixed(1)} a second.`,
    )
    if (result.rows === pictures) return EXIT.done
    printLine('The same command goes on from here.')
    return EXIT.failed
  } finally {
    bar.stop()
  }
}

function unknownPictures(names: readonly string[]): Problem {
  const rest = names.length - SHOWN_PROBLEMS
  const named = names.slice(0, SHOWN_PROBLEMS).join(', ')
  return {
    severity: 'warning',
    code: 'submission-unknown',
    message:
      `${names.length} of the pictures could not be read; their rows say 0.1 for every class: ` +
      `${named}${rest > 0 ? ` and ${rest} more` : ''}.`,
    tip: 'Repair them and start over with --overwrite.',
  }
}
