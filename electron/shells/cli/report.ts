import process from 'node:process'
import type { ReportQuery } from '../../contract/exports.ts'
import { DrivePictures } from '../../app/pictures/drivePictures.ts'
import { openArchive } from '../../app/recording/openArchive.ts'
import { openViewer } from '../../app/pictures/openViewer.ts'
import { openBlurrer } from '../../app/exports/blurrer.ts'
import { chromiumPrinter } from '../../app/exports/chromiumPrinter.ts'
import { makeReport } from '../../app/exports/makeReport.ts'
import { MODELS_DIR, RENDERER_DIR } from '../../app/paths.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { Interruption } from '../../app/commandLine/interruption.ts'
import { checkOut, writeOut } from '../../app/commandLine/outFile.ts'
import { printLine } from '../../app/commandLine/output.ts'

export interface ReportOptions {
  readonly query: ReportQuery
  readonly directory: string
  /** Without it the file is named after the drive or the period, in the working directory. */
  readonly out: string | undefined
}

/** Makes one report and says where it is. */
export async function report({ query, directory, out }: ReportOptions): Promise<ExitCode> {
  checkOut(out)
  using interruption = new Interruption()
  await using archive = openArchive(directory)
  await using viewer = openViewer()
  await using blurrer = openBlurrer()
  const file = await makeReport(
    {
      archive,
      pictures: new DrivePictures(archive, viewer, MODELS_DIR),
      blurrer,
      printPdf: chromiumPrinter({ rendererDir: RENDERER_DIR, env: process.env }),
      now: () => Date.now(),
    },
    query,
    interruption.signal,
  )
  const path = out ?? file.name
  await writeOut(path, file.bytes)
  printLine(`${path} (${(file.bytes.length / 1024).toFixed(0)} kB)`)
  return EXIT.done
}
