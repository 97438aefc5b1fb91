import { existsSync } from 'node:fs'
import { listCameras } from '../../engine/capture/cameras.ts'
import type { Catalog } from '../../contract/web.ts'
import { PRESETS } from '../../core/monitor/presets/all.ts'
import type { Preset } from '../../core/monitor/preset.ts'
import { listEnsembles } from '../../engine/inference/catalog.ts'
import { DEMO_DRIVE, MODELS_DIR } from '../paths.ts'

/** What the command line named, which must be among the choices whatever else there is. */
export interface Given {
  readonly source: string | undefined
  readonly ensembleDirectory: string
  readonly preset: Preset
}

/** Looks for cameras and ensembles; checks the hash of every network file. */
export async function readCatalog(given: Given): Promise<Catalog> {
  const [cameras, shipped] = await Promise.all([listCameras(), listEnsembles(MODELS_DIR)])
  const others = shipped.some(({ folder }) => folder === given.ensembleDirectory)
    ? []
    : await ensembleAt(given.ensembleDirectory)
  const { source, preset } = given
  const sources: Catalog['sources'] = cameras.map(({ path, name, obstacle }) => ({
    uri: path,
    kind: 'camera',
    name,
    obstacle,
  }))
  if (existsSync(DEMO_DRIVE)) sources.push({ uri: DEMO_DRIVE, kind: 'demo', name: 'demo' })
  if (source !== undefined && !sources.some(({ uri }) => uri === source)) {
    sources.unshift({ uri: source, kind: 'given', name: source })
  }
  return {
    sources,
    ensembles: [...others, ...shipped].map((entry) => ({
      id: entry.id,
      directory: entry.folder,
      title: entry.title ?? entry.id,
      version: entry.version,
      folds: entry.folds.length,
      problem: entry.problem,
    })),
    presets: PRESETS.some(({ id }) => id === preset.id) ? [...PRESETS] : [preset, ...PRESETS],
  }
}

async function ensembleAt(directory: string): ReturnType<typeof listEnsembles> {
  const siblings = await listEnsembles(`${directory}/..`)
  return siblings.filter(({ folder }) => folder === directory)
}
