import { listPictures } from '../../capture/pictureFolder.ts'
import { averageNeighbours } from '../../engine/averageNeighbours.ts'
import { EXIT, type ExitCode } from './exitCodes.ts'
import { Interruption } from './interruption.ts'
import { printLine, printProblem } from './output.ts'
import { pictureBar } from './progress.ts'

export interface NeighboursFlags {
  readonly submission: string
  readonly directory: string
  readonly out: string
  readonly count: number
}

/** Averages a submission over pictures that look alike; Ctrl-C leaves nothing half-written. */
export async function averageFolder(flags: NeighboursFlags): Promise<ExitCode> {
  const { submission, directory, out, count } = flags
  const paths = await listPictures(directory)
  using interruption = new Interruption()
  const { signal } = interruption
  // Every picture is read, and later on compared.
  const bar = pictureBar(2 * paths.length)
  try {
    const rows = await averageNeighbours({
      submission,
      paths,
      out,
      neighbours: count,
      signal,
      onStep: () => {
        bar.increment()
      },
      onProblem: printProblem,
    })
    bar.stop()
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
