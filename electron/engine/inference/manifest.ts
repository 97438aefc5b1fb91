import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { manifestSchema, type Manifest } from '../../contract/manifest.ts'
import { RoadwardError } from '../../core/errors.ts'
import { codeOf, wordsOf } from './manifestWords.ts'

const MANIFEST_FILE = 'manifest.json'

/** A manifest and the words for where it was read. */
export interface LoadedManifest {
  readonly manifest: Manifest
  /** Absolute. */
  readonly folder: string
  /** The manifest's path as errors show it: relative to the working folder where that is shorter. */
  readonly where: string
}

/**
 * Reads and checks `manifest.json` in `folder`; the fold files are not looked at.
 * @throws RoadwardError `manifest-missing`, `manifest-unreadable`, `manifest-not-json`,
 *   `manifest-invalid`, `classes-out-of-order`, `fold-name-duplicate` or `model-path-outside`.
 */
export async function readManifest(folder: string): Promise<LoadedManifest> {
  const file = path.resolve(folder, MANIFEST_FILE)
  const where = shortPath(file)
  const data = parseJson(await readText(file, where), where)
  const result = manifestSchema.safeParse(data)
  if (result.success) return { manifest: result.data, folder: path.dirname(file), where }
  const [issue] = result.error.issues
  throw new RoadwardError(
    codeOf(issue),
    `${where}: ${wordsOf(issue, data)}.`,
    'Correct the manifest, or export the ensemble again with models/training.',
    { cause: result.error },
  )
}

async function readText(file: string, where: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      throw new RoadwardError(
        'manifest-unreadable',
        `${where} cannot be read (${code ?? String(error)}).`,
        'Check the permissions of the file and its folder.',
        { cause: error },
      )
    }
    throw new RoadwardError(
      'manifest-missing',
      `${where} does not exist: this folder holds no ensemble.`,
      'Name a folder with a manifest.json in it, or the id of an ensemble in models/.',
      { cause: error },
    )
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RoadwardError(
      'manifest-not-json',
      `${where} is not valid JSON: ${(error as Error).message}.`,
      'Correct the file, or export the ensemble again with models/training.',
      { cause: error },
    )
  }
}

/** Relative to the working folder when inside it. */
export function shortPath(file: string): string {
  const relative = path.relative(process.cwd(), file)
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative
}
