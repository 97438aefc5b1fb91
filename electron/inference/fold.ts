import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { ManifestFold } from '../contract/manifest.ts'
import type { FoldOutput } from '../core/ensemble.ts'
import { CLASSES } from '../core/labels.ts'
import type { Problem } from '../core/ports.ts'
import { foldFault, type FoldPlace } from './foldFault.ts'
import { checkOutput, checkSignature } from './foldChecks.ts'
import { reasonOf, type Provider } from './providers.ts'
import type { Runtime, Session } from './runtime.ts'

/** What is needed to open a fold. */
export interface FoldSource {
  readonly spec: ManifestFold
  readonly place: FoldPlace
  /** Absolute path of the checked file. */
  readonly file: string
  /** The input, filled by whoever runs the fold; must hold a picture when it is opened. */
  readonly input: Float32Array
}

/** What a fold gives for one frame: its output, or why it has none. */
export type FoldResult =
  | { readonly kind: 'output'; readonly output: FoldOutput }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** One fold's session with its input and output tensors, which every run uses again. */
export class Fold {
  readonly name: string
  readonly #spec: ManifestFold
  readonly #place: FoldPlace
  readonly #session: Session
  readonly #feeds: Readonly<Record<string, Tensor>>
  readonly #values = new Float32Array(CLASSES.length)
  readonly #fetches: Readonly<Record<string, Tensor>>

  private constructor(source: FoldSource, session: Session, runtime: Runtime) {
    const { spec, input } = source
    this.name = spec.name
    this.#spec = spec
    this.#place = source.place
    this.#session = session
    this.#feeds = { [spec.input.name]: runtime.tensor(input, spec.input.shape) }
    this.#fetches = { [spec.output.name]: runtime.tensor(this.#values, [1, CLASSES.length]) }
  }

  /**
   * Loads the network, compares it with the manifest and runs it once.
   * @throws RoadwardError when network and manifest disagree; other errors when it cannot be
   *   loaded or run with this provider.
   */
  static async open(
    source: FoldSource,
    provider: Provider,
    intraOpNumThreads: number,
    runtime: Runtime,
  ): Promise<Fold> {
    const session = await runtime.open(source.file, sessionOptions(provider, intraOpNumThreads))
    try {
      checkSignature(session, source.spec, source.place)
      const fold = new Fold(source, session, runtime)
      // Without an output of ours, so that a network with a free shape shows what it gives.
      const first = await session.run(fold.#feeds, [source.spec.output.name])
      checkOutput(first[source.spec.output.name], source.spec, source.place)
      return fold
    } catch (error) {
      await session.release()
      throw error
    }
  }

  /** Runs on what the input holds now. The event loop turns once before the network blocks it. */
  async run(): Promise<FoldResult> {
    try {
      // onnxruntime-node defers every run with setImmediate: pending reads go on in between.
      await this.#session.run(this.#feeds, this.#fetches)
    } catch (error) {
      return this.#failed('fold-run-failed', `could not run (${reasonOf(error)})`)
    }
    const values = Array.from(this.#values)
    if (!values.every(Number.isFinite)) {
      return this.#failed('fold-output-nan', `output "${this.#spec.output.name}" is not a number`)
    }
    const { weight, output } = this.#spec
    return { kind: 'output', output: { kind: output.kind, values, weight } }
  }

  async close(): Promise<void> {
    await this.#session.release()
  }

  #failed(code: string, words: string): FoldResult {
    const { message } = foldFault(this.#place, code, `${words}; this frame goes on without it`)
    const tip = 'If it happens again, the model or the machine is at fault: evaluate the ensemble.'
    return { kind: 'failed', problem: { severity: 'warning', code, message, tip } }
  }
}

/**
 * How sessions are opened.
 * @public The benchmark opens its bare loop with the same options.
 */
export function sessionOptions(
  provider: Provider,
  intraOpNumThreads: number,
): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads,
    interOpNumThreads: 1,
    // Waiting threads that spin take the core from the decoder (native-notes: it hurts badly).
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }
}
