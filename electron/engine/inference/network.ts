import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { checkOutput, checkSignature, type Signature } from './foldChecks.ts'
import type { FoldPlace } from './foldFault.ts'
import type { Provider } from './providers.ts'
import type { Runtime, Session } from './runtime.ts'

/** What is needed to open a network. */
export interface NetworkSource {
  readonly place: FoldPlace
  /** Absolute path of the checked file. */
  readonly file: string
  readonly signature: Signature
  /** Of the signature's input; filled by whoever runs the network, before it is opened too. */
  readonly input: Float32Array
}

/** Opens files: the runtime, the execution provider and the threads inside a network. */
export interface NetworkOpener {
  readonly runtime: Runtime
  readonly provider: Provider
  readonly intraOpNumThreads: number
}

/** A session with its input and output tensors, which every run uses again. */
export class Network {
  /** What the last run gave. */
  readonly values: Float32Array
  readonly #session: Session
  readonly #feeds: Readonly<Record<string, Tensor>>
  readonly #fetches: Readonly<Record<string, Tensor>>

  private constructor({ signature, input }: NetworkSource, session: Session, runtime: Runtime) {
    const { output } = signature
    this.values = new Float32Array(output.shape.reduce((product, size) => product * size, 1))
    this.#session = session
    this.#feeds = { [signature.input.name]: runtime.tensor(input, signature.input.shape) }
    this.#fetches = { [output.name]: runtime.tensor(this.values, output.shape) }
  }

  /**
   * Loads the network, compares it with its signature and runs it once.
   * @throws RoadwardError when the two disagree; other errors when it cannot be loaded or run with
   *   this provider.
   */
  static async open(source: NetworkSource, opener: NetworkOpener): Promise<Network> {
    const { runtime, provider, intraOpNumThreads } = opener
    const session = await runtime.open(source.file, sessionOptions(provider, intraOpNumThreads))
    try {
      checkSignature(session, source.signature, source.place)
      const network = new Network(source, session, runtime)
      const { name } = source.signature.output
      // Without an output of ours, so that a network with a free shape shows what it gives.
      const first = await session.run(network.#feeds, [name])
      network.values.set(checkOutput(first[name], source.signature, source.place))
      return network
    } catch (error) {
      await session.release()
      throw error
    }
  }

  /**
   * Runs on what the input holds now. The event loop turns once before the network blocks it.
   * @throws what the runtime throws
   */
  async run(): Promise<void> {
    // onnxruntime-node defers every run with setImmediate: pending reads go on in between.
    await this.#session.run(this.#feeds, this.#fetches)
  }

  async close(): Promise<void> {
    await this.#session.release()
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
    // Waiting threads that spin take the core from the decoder (docs/native.md).
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  }
}
