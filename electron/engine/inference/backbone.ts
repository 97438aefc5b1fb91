import type { ManifestFold } from '../../contract/manifest.ts'
import type { Problem } from '../../core/ports.ts'
import type { Port } from './foldChecks.ts'
import { FAILED_TIP, foldFault } from './foldFault.ts'
import { Network, type NetworkOpener, type NetworkSource } from './network.ts'
import { reasonOf } from './providers.ts'

/** The tensor of a prepared picture. */
export function pictureOf({ input }: ManifestFold): Port {
  return { field: 'input', name: input.name, shape: input.shape }
}

/** The tensor that a fold's backbone hands on, if it has one. */
export function featuresOf({ trunk }: ManifestFold): Port | undefined {
  return trunk && { field: 'trunk.output', ...trunk.output }
}

/** The first layers of one or more folds: run once a frame, before any of them. */
export class Backbone {
  readonly #source: NetworkSource
  readonly #network: Network

  private constructor(source: NetworkSource, network: Network) {
    this.#source = source
    this.#network = network
  }

  /** @throws as `Network.open` */
  static async open(source: NetworkSource, opener: NetworkOpener): Promise<Backbone> {
    return new Backbone(source, await Network.open(source, opener))
  }

  /** What the last run gave: the input of its folds. */
  get features(): Float32Array {
    return this.#network.values
  }

  /** Whether it turns this input into features by this file. */
  serves({ file, input }: Pick<NetworkSource, 'file' | 'input'>): boolean {
    return this.#source.file === file && this.#source.input === input
  }

  /** Runs on what the input holds now; what went wrong, if so, and its folds must not run. */
  async run(): Promise<Problem | undefined> {
    try {
      await this.#network.run()
      return undefined
    } catch (error) {
      const words = `its backbone could not run (${reasonOf(error)}); this frame goes on without the folds that share it`
      const { code, message } = foldFault(this.#source.place, 'trunk-run-failed', words)
      return { severity: 'warning', code, message, tip: FAILED_TIP }
    }
  }

  async close(): Promise<void> {
    await this.#network.close()
  }
}
