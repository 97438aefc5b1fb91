import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import path from 'node:path'
import { RoadwardError } from '../../core/errors.ts'
import { checkKind } from '../../engine/capture/fileKind.ts'
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
  if (uri.startsWith('/dev/') || /^[a-z][a-z0-9+.-]+:\/\//i.test(uri)) throw noRecording(uri)
  const full = path.resolve(uri)
  const name = path.basename(full)
  const found = await stat(full).catch((thrown: unknown) => {
    if (systemCode(thrown) !== 'ENOENT' && systemCode(thrown) !== 'ENOTDIR') throw thrown
    return undefined
  })
  if (found === undefined) {
    if (/^\d+$/.test(uri)) throw noRecording(uri)
    if (!hasGlob(uri)) throw notThere(uri)
    return [{ name, uri: full, driver: undefined, files: await picturesOfGlob(full) }]
  }
  checkKind(uri, found)
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

/** What the content of a target was when it was looked at. */
export interface Content {
  /** SHA-256, hex: of the file, or of the hashes of several. */
  readonly hash: string
  /** Length and time of writing of each file: while they stay, so does the hash. */
  readonly stamp: string
}

/** @throws RoadwardError `source-permission`; the signal's reason when it aborts */
export async function contentOf({ files }: Target, signal: AbortSignal): Promise<Content> {
  const stamp = await stampOf(files)
  const hashes: string[] = []
  for (const file of files) hashes.push(await hashFile(file, signal))
  const [only] = hashes
  if (only !== undefined && hashes.length === 1) return { hash: only, stamp }
  return { hash: createHash('sha256').update(hashes.join('\n')).digest('hex'), stamp }
}

/** @returns whether a target is still what it was; a hash is only made where that is in doubt */
export async function isUnchanged(
  target: Target,
  before: Content,
  inDoubt: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    if (!inDoubt && (await stampOf(target.files)) === before.stamp) return true
    return (await contentOf(target, signal)).hash === before.hash
  } catch (thrown) {
    signal.throwIfAborted()
    if (systemCode(thrown) === undefined && !(thrown instanceof RoadwardError)) throw thrown
    // The card was pulled, or the file deleted.
    return false
  }
}

async function stampOf(files: readonly string[]): Promise<string> {
  const stamps: string[] = []
  for (const file of files) {
    const { size, mtimeMs } = await stat(file)
    stamps.push(`${size} ${mtimeMs}`)
  }
  return stamps.join('\n')
}

async function hashFile(file: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw sourceError(
      'source-permission',
      `This user may not read ${file}.`,
      'Give yourself the right to read it, or run as its owner.',
      cause,
    )
  })
  const hash = createHash('sha256')
  // A pipe or device among pictures has no content that could be read to its end.
  if (!(await stat(file)).isFile()) return hash.digest('hex')
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    hash.update(bytes as Buffer)
  }
  return hash.digest('hex')
}

function noRecording(uri: string): Error {
  return sourceError(
    'scheme-unsupported',
    `${uri} is no recording.`,
    'Name a video, a folder of pictures or a State Farm folder; watch a camera with `watch`.',
  )
}

function notThere(uri: string): Error {
  return sourceError(
    'source-not-found',
    `There is no file or folder ${uri}.`,
    'Check the spelling.',
  )
}
