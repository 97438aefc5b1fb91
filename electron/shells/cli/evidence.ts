import { DrivePictures } from '../../app/pictures/drivePictures.ts'
import { openArchive } from '../../app/recording/openArchive.ts'
import { openViewer } from '../../app/pictures/openViewer.ts'
import { openBlurrer } from '../../app/exports/blurrer.ts'
import { makeEvidence, type EvidenceWish } from '../../app/exports/makeEvidence.ts'
import { MODELS_DIR } from '../../app/paths.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { checkOut, writeOut } from '../../app/commandLine/outFile.ts'
import { printLine } from '../../app/commandLine/output.ts'

export interface EvidenceOptions extends EvidenceWish {
  readonly directory: string
  /** Without it the file is named after the event and the drive, in the working directory. */
  readonly out: string | undefined
}

/** Packs one event and says with which key it was signed. */
export async function evidence({ directory, out, ...wish }: EvidenceOptions): Promise<ExitCode> {
  checkOut(out)
  await using archive = openArchive(directory)
  await using viewer = openViewer()
  await using blurrer = openBlurrer()
  const pictures = new DrivePictures(archive, viewer, MODELS_DIR)
  const now = (): number => Date.now()
  const bundle = await makeEvidence(
    { archive, pictures, blurrer, directory, modelsDir: MODELS_DIR, now },
    wish,
  )
  const path = out ?? bundle.name
  await writeOut(path, bundle.bytes)
  printLine(`${path} (${(bundle.bytes.length / 1024).toFixed(0)} kB)`)
  printLine(`Signed by ${bundle.fingerprint}`)
  return EXIT.done
}
