import { accessSync, constants, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { RoadwardError } from '../../core/errors.ts'
import { systemCode } from '../../contract/sourceErrors.ts'

/**
 * Looks before the work whether its result can be kept.
 *
 * @param file undefined where its name is not known yet: then in the working directory
 * @throws RoadwardError `out-unwritable`
 */
export function checkOut(file: string | undefined): void {
  const folder = path.dirname(path.resolve(file ?? 'any'))
  try {
    accessSync(folder, constants.W_OK)
    if (file !== undefined && isFolder(file)) throw unwritable(file, 'it is a folder')
  } catch (thrown) {
    if (thrown instanceof RoadwardError) throw thrown
    const missing = systemCode(thrown) === 'ENOENT'
    throw unwritable(
      file ?? folder,
      missing ? `there is no folder ${folder}` : String(systemCode(thrown)),
      thrown,
    )
  }
}

/** @throws RoadwardError `out-unwritable` */
export async function writeOut(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes)
  } catch (thrown) {
    throw unwritable(file, String(systemCode(thrown)), thrown)
  }
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
}

function unwritable(file: string, why: string, cause?: unknown): RoadwardError {
  return new RoadwardError(
    'out-unwritable',
    `${file} cannot be written: ${why}.`,
    'Name a file in a folder that is there and that you may write to.',
    { cause },
  )
}
