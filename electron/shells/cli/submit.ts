import { listPictures } from '../../capture/pictureFolder.ts'
import { defined } from '../../core/defined.ts'
import type { Problem } from '../../core/ports.ts'
import { nowMs } from '../../engine/clock.ts'
import { submit } from '../../engine/submit.ts'
import { openEnsemble } from '../../inference/ensemble.ts'
import { EXIT, type ExitCode } from './exitCodes.ts'
import { Interruption } from './interruption.ts'
import { PictureProblems, printLine, printProblem, SHOWN_PROBLEMS } from './output.ts'
import { pictureBar } from './progress.ts'

export interface SubmitFlags {
  readonly directory: string
  readonly out: string
  readonly overwrite: boolean
  readonly ensembleDirectory: string
  readonly providers: readonly string[] | undefined
}

/** Writes a Kaggle submission; Ctrl-C leaves off, and the same call goes on. */
export async function submitFolder(flags: SubmitFlags): Promise<ExitCode> {
  const { directory, out, overwrite } = flags
  const paths = await listPictures(directory)
  await using ensemble = await openEnsemble(
    flags.ensembleDirectory,
    defined({ providers: flags.providers }),
  )
  ensemble.problems.forEach(printProblem)
  using interruption = new Interruption()
  const bar = pictureBar(paths.length)
  const startedMs = nowMs()
  try {
    const result = await submit({
      pictures: directory,
      paths,
      ensemble,
      out,
      overwrite,
      signal: interruption.signal,
      onRows: (rows) => {
        bar.update(rows)
      },
      onProblem: new PictureProblems().print,
    })
    bar.stop()
    const rate = (result.rows - result.kept) / ((nowMs() - startedMs) / 1000)
    if (result.kept > 0) printLine(`${result.kept} rows were there already.`)
    if (result.unknown.length > 0) printProblem(unknownPictures(result.unknown))
    printLine(`${out}: ${result.rows} of ${paths.length} pictures, ${rate.toFixed(1)} a second.`)
    if (result.rows === paths.length) return EXIT.done
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
