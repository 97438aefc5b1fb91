import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'

/** Execution providers by ONNX Runtime's names. */
const PROVIDERS = ['cpu', 'cuda', 'tensorrt', 'dml', 'coreml'] as const
export type Provider = (typeof PROVIDERS)[number]

/** Tried when nobody asks for anything: the graphics card where there is one. */
const DEFAULT_PREFERENCE: readonly Provider[] = ['cuda', 'cpu']

/** Providers of NVIDIA's cards. */
const NVIDIA: ReadonlySet<Provider> = new Set(['cuda', 'tensorrt'])

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
export function parsePreferred(names: readonly string[] | undefined): readonly Provider[] {
  if (names === undefined) return DEFAULT_PREFERENCE
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

/**
 * Whether this computer has an NVIDIA card, as far as it can be told without its libraries: whoever
 * has none need not hear that CUDA is missing.
 */
export function hasNvidiaCard(
  exists: (path: string) => boolean = existsSync,
  { platform = process.platform, env = process.env }: Partial<NvidiaPlaces> = {},
): boolean {
  if (platform === 'win32') {
    return exists(path.join(env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'nvcuda.dll'))
  }
  return exists('/proc/driver/nvidia/version') || exists('/dev/nvidia0')
}

interface NvidiaPlaces {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Opens folds with the first of the preferred providers that works, and says which ones did not. */
export class ProviderChooser {
  /** One notice per provider that was rejected. */
  readonly problems: Problem[] = []
  readonly #preferred: readonly Provider[]
  readonly #known: ReadonlySet<string>
  readonly #severity: Problem['severity']
  readonly #quiet: boolean
  readonly #rejected = new Set<Provider>()

  /**
   * @param known what the runtime was built with.
   * @param asked true when a person named them: then falling back is a warning, else for information.
   * @param hasCard whether there is a card that CUDA could use; without one and without a person
   *   who asked nothing is said but the provider in use.
   */
  constructor(
    preferred: readonly Provider[],
    known: ReadonlySet<string>,
    asked: boolean,
    hasCard: boolean = hasNvidiaCard(),
  ) {
    this.#quiet = !asked && !hasCard
    this.#preferred = preferred
    this.#known = known
    this.#severity = asked ? 'warning' : 'info'
  }

  /**
   * @param attempt opens and tries out the fold. A `RoadwardError` from it is the model's own fault
   *   and final; any other error means that the provider cannot be used for it.
   * @returns what `attempt` gave, and with which provider.
   * @throws RoadwardError from `attempt`, or `ProvidersFailed` when none is left.
   */
  async open<T>(attempt: (provider: Provider) => Promise<T>): Promise<readonly [T, Provider]> {
    const failures: (readonly [Provider, unknown])[] = []
    let last: readonly [Provider, unknown] = ['cpu', undefined]
    for (const provider of this.#preferred) {
      if (this.#rejected.has(provider)) continue
      try {
        if (!this.#known.has(provider)) {
          // The runtime would drop the name with a warning and quietly use the CPU.
          throw new Error('this build of ONNX Runtime does not have it')
        }
        const opened = await attempt(provider)
        // Only now is it known that the provider was to blame, and not the model.
        for (const failure of failures) this.#reject(failure, provider)
        return [opened, provider]
      } catch (error) {
        if (error instanceof RoadwardError) throw error
        last = [provider, error]
        failures.push(last)
      }
    }
    throw new ProvidersFailed(...last)
  }

  #reject([provider, error]: readonly [Provider, unknown], used: Provider): void {
    this.#rejected.add(provider)
    if (this.#quiet && NVIDIA.has(provider)) return
    const message = rejection(provider, reasonOf(error), used)
    const tip = TIPS[provider]
    this.problems.push({ severity: this.#severity, code: 'provider-fallback', message, tip })
  }
}

function rejection(provider: Provider, reason: string, used: Provider): string {
  // The runtime names a function of its own source, which helps nobody.
  if (NVIDIA.has(provider) && reason.includes('Failed to load shared library')) {
    return `The graphics card is not used, because the libraries of ${provider} are not installed: running on ${used}.`
  }
  return `The execution provider ${provider} cannot be used (${reason}): running on ${used}.`
}

/** None of the preferred providers could open the fold. */
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
