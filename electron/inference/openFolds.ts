import type { ManifestFold } from '../contract/manifest.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Problem } from '../core/ports.ts'
import { Fold } from './fold.ts'
import { foldFault } from './foldFault.ts'
import { checkFoldFile } from './foldFile.ts'
import type { LoadedManifest } from './manifest.ts'
import type { PreparationPlan } from './plan.ts'
import { ProviderChooser, ProvidersFailed, type Provider } from './providers.ts'
import type { Runtime } from './runtime.ts'

/** How to open the folds of an ensemble. */
export interface OpenFoldsOptions {
  readonly wish: readonly Provider[]
  /** A person named the wish. */
  readonly wishAsked: boolean
  readonly allowBroken: boolean
  readonly intraOpNumThreads: number
}

/** The folds that work. */
export interface OpenFolds {
  /** In manifest order, at least one. */
  readonly folds: readonly Fold[]
  /** The provider in use; several joined by "+" where folds differ. */
  readonly provider: string
  /** Providers passed over and, if allowed, broken folds. */
  readonly problems: readonly Problem[]
}

/**
 * Checks, loads and tries out every fold.
 * @throws RoadwardError of the first broken fold unless broken ones are allowed;
 *   `ensemble-all-broken` when none is left.
 */
export async function openFolds(
  loaded: LoadedManifest,
  plan: PreparationPlan,
  options: OpenFoldsOptions,
  runtime: Runtime,
): Promise<OpenFolds> {
  const chooser = new ProviderChooser(options.wish, runtime.providers, options.wishAsked)
  const folds: Fold[] = []
  const used = new Set<Provider>()
  const faults: RoadwardError[] = []
  try {
    for (const spec of loaded.manifest.folds) {
      try {
        const [fold, provider] = await openFold(spec, loaded, plan, chooser, options, runtime)
        folds.push(fold)
        used.add(provider)
      } catch (error) {
        if (!(error instanceof RoadwardError)) throw error
        // The others are looked at too, so that one start shows all that is wrong.
        faults.push(error)
      }
    }
    const [first] = faults
    if (first !== undefined && !options.allowBroken) throw summary(first, faults.length - 1)
    if (first !== undefined && folds.length === 0) throw allBroken(loaded, first)
  } catch (error) {
    await Promise.all(folds.map((fold) => fold.close()))
    throw error
  }
  return {
    folds,
    provider: [...used].join('+'),
    problems: [...chooser.problems, ...faults.map((fault) => leftOut(fault))],
  }
}

async function openFold(
  spec: ManifestFold,
  loaded: LoadedManifest,
  plan: PreparationPlan,
  chooser: ProviderChooser,
  { intraOpNumThreads }: OpenFoldsOptions,
  runtime: Runtime,
): Promise<readonly [Fold, Provider]> {
  const place = { where: loaded.where, fold: spec.name }
  const file = await checkFoldFile(loaded, spec)
  const source = { spec, place, file, input: plan.tensorOf(spec.name) }
  try {
    return await chooser.open((provider) => Fold.open(source, provider, intraOpNumThreads, runtime))
  } catch (error) {
    if (!(error instanceof ProvidersFailed)) throw error
    const { last, message, tip, cause } = error
    if (last === 'cpu') {
      const words = `file ${spec.file} is not an ONNX model that the runtime can run (${message})`
      throw foldFault(place, 'model-not-onnx', words, undefined, cause)
    }
    const words = `none of the execution providers asked for can be used (${last}: ${message})`
    throw foldFault(place, 'provider-unavailable', words, `${tip} Or ask for cpu too.`, cause)
  }
}

function summary(first: RoadwardError, others: number): RoadwardError {
  if (others === 0) return first
  const more = others === 1 ? '1 more fold is' : `${others} more folds are`
  const message = `${first.message} And ${more} broken.`
  return new RoadwardError(first.code, message, first.tip, { cause: first })
}

function allBroken(loaded: LoadedManifest, first: RoadwardError): RoadwardError {
  const message = `${loaded.where}: all folds are broken. ${first.message}`
  return new RoadwardError('ensemble-all-broken', message, first.tip, { cause: first })
}

function leftOut({ code, message, tip }: RoadwardError): Problem {
  const words = `${message} The ensemble runs without this fold.`
  return { severity: 'warning', code, message: words, tip }
}
