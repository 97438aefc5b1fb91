import type { ManifestFold } from '../../contract/manifest.ts'
import type { FoldOutput } from '../../core/ensemble/ensemble.ts'
import { CLASSES } from '../../core/labels.ts'
import type { Problem } from '../../core/ports.ts'
import { checkKind } from './foldChecks.ts'
import { FAILED_TIP, foldFault, type FoldPlace } from './foldFault.ts'
import { Network, type NetworkOpener } from './network.ts'
import { reasonOf } from './providers.ts'
import { featuresOf, pictureOf, type Backbone } from './backbone.ts'

/** What is needed to open a fold. */
export interface FoldSource {
  readonly spec: ManifestFold
  readonly place: FoldPlace
  /** Absolute path of the checked file. */
  readonly file: string
  /** The input, filled by whoever runs the fold; must hold a picture when it is opened. */
  readonly input: Float32Array
  /** Its first layers, where they have a file of their own; whoever runs the fold runs it first. */
  readonly backbone: Backbone | undefined
}

/** What a fold gives for one frame: its output, or why it has none. */
export type FoldResult =
  | { readonly kind: 'output'; readonly output: FoldOutput }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** One fold of an ensemble. */
export class Fold {
  readonly name: string
  readonly backbone: Backbone | undefined
  readonly #spec: ManifestFold
  readonly #place: FoldPlace
  readonly #network: Network

  private constructor({ spec, place, backbone }: FoldSource, network: Network) {
    this.name = spec.name
    this.backbone = backbone
    this.#spec = spec
    this.#place = place
    this.#network = network
  }

  /**
   * Loads the network, compares it with the manifest and runs it once.
   * @throws RoadwardError when network and manifest disagree; other errors when it cannot be
   *   loaded or run with this provider.
   */
  static async open(source: FoldSource, opener: NetworkOpener): Promise<Fold> {
    const { spec, place, file, input, backbone } = source
    const signature = {
      input: featuresOf(spec) ?? pictureOf(spec),
      output: { field: 'output', name: spec.output.name, shape: [1, CLASSES.length] },
    } as const
    const network = await Network.open(
      { place, file, signature, input: backbone?.features ?? input },
      opener,
    )
    try {
      checkKind(network.values, spec.output, place)
      return new Fold(source, network)
    } catch (error) {
      await network.close()
      throw error
    }
  }

  /** Runs on what the input, or the backbone, holds now. */
  async run(): Promise<FoldResult> {
    try {
      await this.#network.run()
    } catch (error) {
      return this.#failed('fold-run-failed', `could not run (${reasonOf(error)})`)
    }
    const values = Array.from(this.#network.values)
    if (!values.every(Number.isFinite)) {
      return this.#failed('fold-output-nan', `output "${this.#spec.output.name}" is not a number`)
    }
    const { weight, output } = this.#spec
    return { kind: 'output', output: { kind: output.kind, values, weight } }
  }

  async close(): Promise<void> {
    await this.#network.close()
  }

  #failed(code: string, words: string): FoldResult {
    const { message } = foldFault(this.#place, code, `${words}; this frame goes on without it`)
    return { kind: 'failed', problem: { severity: 'warning', code, message, tip: FAILED_TIP } }
  }
}
