import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import { checkFoldFiles } from './foldFile.ts'
import { readManifest, shortPath } from './manifest.ts'

/** One folder with a manifest. */
export interface EnsembleEntry {
  /** The manifest's id; the folder's name where the manifest cannot be read. */
  readonly id: string
  readonly folder: string
  readonly title: string | undefined
  readonly version: string | undefined
  readonly folds: readonly string[]
  /** Why it would not open; undefined when manifest and files are in order. */
  readonly problem: Problem | undefined
}

/**
 * The ensembles in `modelsDir`, by folder name; broken ones too, with their problem. Reads every
 * file to check its hash, but loads no network.
 */
export async function listEnsembles(modelsDir: string): Promise<readonly EnsembleEntry[]> {
  const entries: EnsembleEntry[] = []
  for (const folder of await candidates(modelsDir)) entries.push(await inspect(folder))
  return entries
}

/**
 * The folder of an ensemble named by its path or by its id in `modelsDir`.
 * @throws RoadwardError `ensemble-not-found`, listing what there is.
 */
export async function findEnsemble(idOrPath: string, modelsDir: string): Promise<string> {
  const direct = [path.resolve(modelsDir, idOrPath), path.resolve(idOrPath)]
  // A bare name means the id; with a separator it can only be a path.
  const places = isPath(idOrPath) ? direct.slice(1) : direct
  for (const place of places) {
    if (await hasManifest(place)) return place
    if (path.basename(place) === 'manifest.json' && (await exists(place)))
      return path.dirname(place)
  }
  const known: string[] = []
  for (const folder of await candidates(modelsDir)) {
    const id = await idOf(folder)
    if (id === idOrPath) return folder
    known.push(id)
  }
  throw new RoadwardError(
    'ensemble-not-found',
    `There is no ensemble "${idOrPath}" in ${shortPath(path.resolve(modelsDir)) || '.'}.`,
    known.length === 0
      ? 'Train one with models/training, or name a folder with a manifest.json.'
      : `Choose from ${known.join(', ')}, or name a folder with a manifest.json.`,
  )
}

async function inspect(folder: string): Promise<EnsembleEntry> {
  const name = path.basename(folder)
  const entry = { id: name, folder, title: undefined, version: undefined, folds: [] }
  try {
    const loaded = await readManifest(folder)
    const { id, title, version, folds } = loaded.manifest
    const known = { id, folder, title, version, folds: folds.map((fold) => fold.name) }
    return { ...known, problem: await firstProblem(folds, (fold) => checkFoldFiles(loaded, fold)) }
  } catch (error) {
    return { ...entry, problem: problemOf(error) }
  }
}

async function firstProblem<T>(
  items: readonly T[],
  check: (item: T) => Promise<unknown>,
): Promise<Problem | undefined> {
  try {
    for (const item of items) await check(item)
    return undefined
  } catch (error) {
    return problemOf(error)
  }
}

function problemOf(error: unknown): Problem {
  if (!(error instanceof RoadwardError)) throw error
  const { code, message, tip } = error
  return { severity: 'error', code, message, tip }
}

/** The id in a folder's manifest; its name where the manifest is broken. */
async function idOf(folder: string): Promise<string> {
  try {
    return (await readManifest(folder)).manifest.id
  } catch {
    return path.basename(folder)
  }
}

async function candidates(modelsDir: string): Promise<readonly string[]> {
  let names: string[]
  try {
    names = await readdir(modelsDir)
  } catch {
    return [] // No such folder: no ensembles.
  }
  const folders = names.sort().map((name) => path.resolve(modelsDir, name))
  const kept = await Promise.all(folders.map((folder) => hasManifest(folder)))
  return folders.filter((_, index) => kept[index])
}

function isPath(text: string): boolean {
  return text.includes('/') || text.includes(path.sep) || text.startsWith('.')
}

async function hasManifest(folder: string): Promise<boolean> {
  return exists(path.join(folder, 'manifest.json'))
}

async function exists(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
