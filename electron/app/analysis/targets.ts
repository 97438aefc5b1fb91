import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import path from 'node:path'
import { hasGlob } from '../../engine/capture/glob.ts'
import { picturesInFolder, picturesOfGlob } from '../../engine/capture/pictureFiles.ts'
import { sourceError, systemCode } from '../../contract/sourceErrors.ts'
import { STATE_FARM_LIST } from '../../engine/capture/stateFarmList.ts'
import { findStateFarmRoot, stateFarmFiles } from '../../engine/capture/stateFarmSource.ts'

/** One drive to be analysed: a file or folder, or one driver of a State Farm folder. */
export interface Target {
  /** As people know it: the name of the file or folder, with the driver unless that is its name. */
  readonly name: string
  /** Absolute, so that its pictures are found again. */
  readonly uri: string
  readonly driver: string | undefined
  /** What its content is, in order. */
  readonly files: readonly string[]
}

/**
 * The drives behind what the user named: one, or one for each driver of a State Farm folder.
 *
 * @throws RoadwardError `source-not-found`, `source-not-recorded`, or why its list cannot be read
 */
export async function findTargets(uri: string): Promise<Target[]> {
  if (/^\d+$/.test(uri) || uri.startsWith('/dev/') || /^[a-z][a-z0-9+.-]+:\/\//i.test(uri)) {
    throw sourceError(
      'scheme-unsupported',
      `${uri} is no recording.`,
      'Name a video, a folder of pictures or a State Farm folder; watch a camera with `watch`.',
    )
  }
  const full = path.resolve(uri)
  const name = path.basename(full)
  const found = await stat(full).catch((thrown: unknown) => {
    if (systemCode(thrown) !== 'ENOENT' && systemCode(thrown) !== 'ENOTDIR') throw thrown
    return undefined
  })
  if (found === undefined) {
    if (!hasGlob(uri)) throw notThere(uri)
    return [{ name, uri: full, driver: undefined, files: await picturesOfGlob(full) }]
  }
  const isList = path.basename(full) === STATE_FARM_LIST
  const root = isList ? path.dirname(full) : found.isDirectory() && (await findStateFarmRoot(full))
  if (typeof root === 'string') {
    const drivers = await stateFarmFiles(root)
    return [...drivers]
      .filter(([, files]) => files.length > 0)
      .map(([driver, files]) => ({
        name: path.basename(root) === driver ? driver : `${path.basename(root)}, ${driver}`,
        uri: root,
        driver,
        files,
      }))
  }
  const files = found.isDirectory() ? await picturesInFolder(full) : [full]
  return [{ name, uri: full, driver: undefined, files }]
}

/**
 * @param signal ends it with an `AbortError`: a long recording takes a while
 * @returns SHA-256, hex: of the file, or of the hashes of several
 */
export async function hashOf({ files }: Target, signal: AbortSignal): Promise<string> {
  const hashes: string[] = []
  for (const file of files) hashes.push(await hashFile(file, signal))
  const [only] = hashes
  if (only !== undefined && hashes.length === 1) return only
  return createHash('sha256').update(hashes.join('\n')).digest('hex')
}

async function hashFile(file: string, signal: AbortSignal): Promise<string> {
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw sourceError(
      'source-permission',
      `This user may not read ${file}.`,
      'Give yourself the right to read it, or run as its owner.',
      cause,
    )
  })
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    hash.update(bytes as Buffer)
  }
  return hash.digest('hex')
}

function notThere(uri: string): Error {
  return sourceError(
    'source-not-found',
    `There is no file or folder ${uri}.`,
    'Check the spelling.',
  )
}
