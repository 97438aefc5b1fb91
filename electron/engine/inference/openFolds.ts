import path from 'node:path'
import type { ManifestFold } from '../../contract/manifest.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import { Fold } from './fold.ts'
import { foldFault, type FoldPlace } from './foldFault.ts'
import { checkFoldFiles } from './foldFile.ts'
import type { InferenceWorkers } from './inferenceWorkers.ts'
import type { LoadedManifest } from './manifest.ts'
import type { NetworkOpener, NetworkSource } from './network.ts'
import type { PreparationPlan } from './plan.ts'
import { ProviderChooser, ProvidersFailed, type Provider } from './providers.ts'
import { featuresOf, pictureOf, Backbone } from './backbone.ts'

/** How to open the folds of an ensemble. */
export interface OpenFoldsOptions {
  readonly preferred: readonly Provider[]
  /** A person named the wish. */
  readonly asked: boolean
  /** Whether there is a card that CUDA could use; undefined: looked for. */
  readonly hasCard: boolean | undefined
  /** Providers that the runtime was built with. */
  readonly known: ReadonlySet<string>
  readonly allowBroken: boolean
  readonly intraOpNumThreads: number
}

/** The folds that work. */
export interface OpenFolds {
  /** In manifest order, at least one. */
  readonly folds: readonly Fold[]
  /** Those that folds share, to be closed with them. */
  readonly backbones: readonly Backbone[]
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
  workers: InferenceWorkers,
): Promise<OpenFolds> {
  const opening = new Opening(loaded, plan, options, workers)
  const { backbones, chooser } = opening
  const folds: Fold[] = []
  const used = new Set<Provider>()
  const faults: RoadwardError[] = []
  try {
    for (const spec of loaded.manifest.folds) {
      try {
        const [fold, provider] = await opening.fold(spec)
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
    await Promise.all([...folds, ...backbones].map((each) => each.close()))
    throw error
  }
  return {
    folds,
    backbones,
    provider: [...used].join('+'),
    problems: [...chooser.problems, ...faults.map((fault) => leftOut(fault))],
  }
}

/** What opens the networks of one ensemble; folds of the same backbone get the same one. */
class Opening {
  readonly backbones: Backbone[] = []
  readonly chooser: ProviderChooser
  readonly #loaded: LoadedManifest
  readonly #plan: PreparationPlan
  readonly #openerOf: (fold: string, provider: Provider) => NetworkOpener

  constructor(
    loaded: LoadedManifest,
    plan: PreparationPlan,
    { preferred, asked, hasCard, known, intraOpNumThreads }: OpenFoldsOptions,
    workers: InferenceWorkers,
  ) {
    this.chooser = new ProviderChooser(preferred, known, asked, hasCard)
    this.#loaded = loaded
    this.#plan = plan
    this.#openerOf = (fold, provider) => {
      const runtime = workers.runtimeOf(fold, provider)
      return { runtime, provider, intraOpNumThreads }
    }
  }

  /** @throws RoadwardError naming the fold and the field */
  async fold(spec: ManifestFold): Promise<readonly [Fold, Provider]> {
    const place = { where: this.#loaded.where, fold: spec.name }
    const files = await checkFoldFiles(this.#loaded, spec)
    const input = this.#plan.tensorOf(spec.name)
    const backbone =
      files.backbone === undefined
        ? undefined
        : await this.#backbone(spec, { place, file: files.backbone, input })
    const source = { spec, place, file: files.file, input, backbone }
    return this.#open(spec.file, place, (opener) => Fold.open(source, opener))
  }

  async #backbone(
    spec: ManifestFold,
    source: Omit<NetworkSource, 'signature'>,
  ): Promise<Backbone | undefined> {
    const known = this.backbones.find((each) => each.serves(source))
    const output = featuresOf(spec)
    if (known !== undefined || output === undefined) return known
    const signature = { input: pictureOf(spec), output }
    const open = (opener: NetworkOpener) => Backbone.open({ ...source, signature }, opener)
    const [backbone] = await this.#open(path.basename(source.file), source.place, open)
    this.backbones.push(backbone)
    return backbone
  }

  async #open<T>(
    file: string,
    place: FoldPlace,
    open: (opener: NetworkOpener) => Promise<T>,
  ): Promise<readonly [T, Provider]> {
    try {
      return await this.chooser.open((provider) => open(this.#openerOf(place.fold, provider)))
    } catch (error) {
      if (!(error instanceof ProvidersFailed)) throw error
      const { last, message, tip, cause } = error
      if (last === 'cpu') {
        const words = `file ${file} is not an ONNX model that the runtime can run (${message})`
        throw foldFault(place, 'model-not-onnx', words, undefined, cause)
      }
      const words = `none of the execution providers asked for can be used (${last}: ${message})`
      throw foldFault(place, 'provider-unavailable', words, `${tip} Or ask for cpu too.`, cause)
    }
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
