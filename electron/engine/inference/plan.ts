import type { ManifestFold, ManifestPreparation } from '../../contract/manifest.ts'
import { Preparation, type Picture } from './preparation.ts'

/**
 * Which preparation feeds which fold. Folds that ask for equal steps share one preparation and
 * its tensor, so that the work is done once a frame.
 */
export class PreparationPlan {
  readonly #byFold: ReadonlyMap<string, Preparation>

  constructor(folds: readonly Pick<ManifestFold, 'name' | 'preparation'>[]) {
    const unique = new Map<string, Preparation>()
    this.#byFold = new Map(
      folds.map(({ name, preparation }) => {
        const key = keyOf(preparation)
        const shared = unique.get(key) ?? new Preparation(preparation)
        unique.set(key, shared)
        return [name, shared]
      }),
    )
  }

  /** The input of a fold of the manifest; the same array for folds that share a preparation. */
  tensorOf(fold: string): Float32Array {
    const preparation = this.#byFold.get(fold)
    if (preparation === undefined) throw new RangeError(`no preparation for fold "${fold}"`)
    return preparation.tensor
  }

  /**
   * Begins a picture.
   * @returns what fills the inputs of the named folds, where a call before has not; the picture is
   *   no longer needed after the last call.
   */
  begin(picture: Picture): (folds: Iterable<string>) => void {
    const done = new Set<Preparation | undefined>()
    return (folds) => {
      for (const fold of folds) {
        const preparation = this.#byFold.get(fold)
        if (done.has(preparation)) continue
        preparation?.prepare(picture)
        done.add(preparation)
      }
    }
  }
}

/** Equal for equal steps: the schema fills in defaults, and names come in a fixed order here. */
function keyOf(steps: ManifestPreparation): string {
  const { crop, mirror, resize, extra, colorOrder, scale, mean, std } = steps
  return JSON.stringify([
    crop === undefined ? [] : [crop.height, crop.width],
    mirror,
    [resize.width, resize.height, resize.interpolation, resize.antialias],
    extra,
    colorOrder,
    scale,
    mean,
    std,
  ])
}
