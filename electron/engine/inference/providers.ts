import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'

/** Execution providers by ONNX Runtime's names. */
const PROVIDERS = ['cpu', 'cuda', 'tensorrt', 'dml', 'coreml'] as const
export type Provider = (typeof PROVIDERS)[number]

/** Tried when nobody asks for anything: the graphics card where there is one. */
const DEFAULT_WISH: readonly Provider[] = ['cuda', 'cpu']

const CUDA_TIP =
  'For NVIDIA cards, install the CUDA 12 libraries: `ONNXRUNTIME_NODE_INSTALL=true node node_modules/onnxruntime-node/script/install`.'

const TIPS: Readonly<Record<Provider, string>> = {
  cpu: 'Run `npm run setup`.',
  cuda: CUDA_TIP,
  tensorrt: CUDA_TIP,
  dml: 'DirectML needs Windows with a DirectX 12 graphics card.',
  coreml: 'CoreML needs macOS.',
}

/**
 * @param names in order of preference; undefined for the default.
 * @throws RoadwardError `provider-unknown`.
 */
export function parseWish(names: readonly string[] | undefined): readonly Provider[] {
  if (names === undefined) return DEFAULT_WISH
  return (names.length === 0 ? [''] : names).map((name) => {
    const provider = PROVIDERS.find((known) => known === name)
    if (provider !== undefined) return provider
    throw new RoadwardError(
      'provider-unknown',
      `"${name}" is no execution provider.`,
      `Choose from ${PROVIDERS.join(', ')}.`,
    )
  })
}

/** Opens folds with the first provider of a wish that works, and says which ones did not. */
export class ProviderChooser {
  /** One notice per provider passed over. */
  readonly problems: Problem[] = []
  readonly #wish: readonly Provider[]
  readonly #known: ReadonlySet<string>
  readonly #severity: Problem['severity']
  readonly #passedOver = new Set<Provider>()

  /**
   * @param known what the runtime was built with.
   * @param asked true when a person named the wish: then falling back is a warning, else for information.
   */
  constructor(wish: readonly Provider[], known: ReadonlySet<string>, asked: boolean) {
    this.#wish = wish
    this.#known = known
    this.#severity = asked ? 'warning' : 'info'
  }

  /**
   * @param attempt opens and tries out the fold. A `RoadwardError` from it is the model's own fault
   *   and final; any other error means that the provider cannot be used for it.
   * @returns what `attempt` gave, and with which provider.
   * @throws RoadwardError from `attempt`, or `ProvidersFailed` when the wish is exhausted.
   */
  async open<T>(attempt: (provider: Provider) => Promise<T>): Promise<readonly [T, Provider]> {
    const failures: (readonly [Provider, unknown])[] = []
    let last: readonly [Provider, unknown] = ['cpu', undefined]
    for (const provider of this.#wish) {
      if (this.#passedOver.has(provider)) continue
      try {
        if (!this.#known.has(provider)) {
          // The runtime would drop the name with a warning and quietly use the CPU.
          throw new Error('this build of ONNX Runtime does not have it')
        }
        const opened = await attempt(provider)
        // Only now is it known that the provider was to blame, and not the model.
        for (const failure of failures) this.#passOver(failure, provider)
        return [opened, provider]
      } catch (error) {
        if (error instanceof RoadwardError) throw error
        last = [provider, error]
        failures.push(last)
      }
    }
    throw new ProvidersFailed(...last)
  }

  #passOver([provider, error]: readonly [Provider, unknown], used: Provider): void {
    this.#passedOver.add(provider)
    this.problems.push({
      severity: this.#severity,
      code: 'provider-fallback',
      message: `The execution provider ${provider} cannot be used (${reasonOf(error)}): running on ${used}.`,
      tip: TIPS[provider],
    })
  }
}

/** No provider of the wish could open the fold. */
export class ProvidersFailed extends Error {
  /** The provider tried last. */
  readonly last: Provider
  readonly tip: string

  constructor(last: Provider, cause: unknown) {
    super(reasonOf(cause), { cause })
    this.last = last
    this.tip = TIPS[last]
  }
}

/** The first line of an error, without the runtime's source paths and function signatures. */
export function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
  const short = line.replace(/^.*\.(?:cc|h):\d+ /, '').trim()
  return short.replace(/\.$/, '').slice(0, 200)
}
