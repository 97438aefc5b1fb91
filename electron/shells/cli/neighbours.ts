import { averageFolder } from '../../batch/averageNeighbours.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { Interruption } from '../../app/commandLine/interruption.ts'
import { PictureProblems, printLine } from '../../app/commandLine/output.ts'
import { pictureBar } from './progress.ts'

export interface NeighboursFlags {
  readonly submission: string
  readonly directory: string
  readonly out: string
  readonly count: number
}

/** Averages a submission over pictures that look alike; Ctrl-C leaves nothing half-written. */
export async function neighbours(flags: NeighboursFlags): Promise<ExitCode> {
  const { submission, directory, out, count } = flags
  using interruption = new Interruption()
  const { signal } = interruption
  const bar = pictureBar(0)
  const problems = new PictureProblems()
  try {
    const rows = await averageFolder({
      submission,
      directory,
      out,
      neighbours: count,
      signal,
      onStep: (done, all) => {
        bar.setTotal(all)
        bar.update(done)
      },
      onProblem: problems.print,
    })
    bar.stop()
    if (problems.count > 0) {
      printLine(`${problems.count} pictures could not be read: their rows stay as they are.`)
    }
    printLine(`${out}: ${rows} pictures, each averaged with the ${count} most alike.`)
    return EXIT.done
  } catch (error) {
    if (!signal.aborted) throw error
    bar.stop()
    printLine(`Interrupted: ${out} was not written.`)
    return EXIT.failed
  } finally {
    bar.stop()
  }
}
