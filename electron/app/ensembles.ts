import { findEnsemble } from '../engine/inference/catalog.ts'
import { MODELS_DIR } from './paths.ts'

/**
 * The folder of an ensemble that this installation brings along, or of one elsewhere.
 *
 * @param idOrPath name under `models/`, or a folder with a `manifest.json`
 * @throws RoadwardError `ensemble-not-found`, listing what there is
 */
export function ensembleFolder(idOrPath: string): Promise<string> {
  return findEnsemble(idOrPath, MODELS_DIR)
}
