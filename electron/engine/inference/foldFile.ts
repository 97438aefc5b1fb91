import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ManifestFold } from '../../contract/manifest.ts'
import { RoadwardError } from '../../core/errors.ts'
import { foldFault, type FoldPlace } from './foldFault.ts'
import type { LoadedManifest } from './manifest.ts'

/** Absolute paths of a fold's files. */
interface FoldFiles {
  readonly file: string
  /** Of its first layers, where they have a file of their own. */
  readonly backbone: string | undefined
}

/**
 * Finds a fold's files and checks that they are those the manifest means.
 * @throws RoadwardError as `checkFile`
 */
export async function checkFoldFiles(
  loaded: LoadedManifest,
  { name, trunk, ...fold }: Pick<ManifestFold, 'name' | 'file' | 'sha256' | 'trunk'>,
): Promise<FoldFiles> {
  return {
    file: await checkFile(loaded, name, fold),
    backbone: trunk === undefined ? undefined : await checkFile(loaded, name, trunk),
  }
}

/**
 * Finds a fold's file and checks that it is the one the manifest means.
 * @returns its absolute path, links resolved.
 * @throws RoadwardError `model-missing`, `model-unreadable`, `model-path-outside` (by a link; the
 *   schema refuses `..`) or `model-hash-mismatch`.
 */
async function checkFile(
  { folder, where }: LoadedManifest,
  fold: string,
  { file, sha256 }: Pick<ManifestFold, 'file' | 'sha256'>,
): Promise<string> {
  const place = { where, fold }
  try {
    const found = await realpath(path.join(folder, file))
    if (!found.startsWith((await realpath(folder)) + path.sep)) {
      throw foldFault(
        place,
        'model-path-outside',
        `file ${file} is a link that leads out of the folder of the ensemble`,
        'Copy the model into the folder.',
      )
    }
    const actual = await sha256Of(found)
    if (actual !== sha256.toLowerCase()) throw mismatch(place, file, sha256, actual)
    return found
  } catch (error) {
    throw fileFault(place, file, error)
  }
}

/** Read in pieces: a fold may have hundreds of megabytes. */
async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

function mismatch(place: FoldPlace, file: string, wanted: string, actual: string): RoadwardError {
  return foldFault(
    place,
    'model-hash-mismatch',
    `sha256 says ${wanted.slice(0, 12)}…, but ${file} has ${actual.slice(0, 12)}…: it was changed or is incomplete`,
    'Fetch the file again (git checkout, git lfs pull), or export the ensemble again.',
  )
}

/** Words for what the file system says; our own faults pass through. */
function fileFault(place: FoldPlace, file: string, error: unknown): unknown {
  if (error instanceof RoadwardError) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return foldFault(
      place,
      'model-missing',
      `file ${file} is missing`,
      'Put the file back, or export the ensemble again with models/training.',
      error,
    )
  }
  return foldFault(
    place,
    'model-unreadable',
    `file ${file} cannot be read (${code ?? String(error)})`,
    'It must be a file that you may read: check its permissions.',
    error,
  )
}
