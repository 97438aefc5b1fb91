import { availableParallelism } from 'node:os'
import type { Provider } from './providers.ts'
import type { Runtime } from './runtime.ts'
import { RuntimeThread } from './runtimeThread.ts'

/** What counts of a fold of a manifest. */
interface WorkerFold {
  readonly name: string
  readonly trunk?: { readonly file: string } | undefined
}

/**
 * Threads inside one network when nobody asks for a number. Two networks side by side bring more
 * than two threads in one (`electron/docs/adr/0011`); more than two would take the cores from the
 * decoder and the screen.
 */
export function threadsInNetwork(workers: number): number {
  return Math.max(1, Math.min(2, Math.floor(availableParallelism() / workers)))
}

/**
 * Where the folds of an ensemble run: those of a worker in turn, workers side by side on threads of
 * their own. A single worker needs none and runs where it is called, and so do networks of a graphics
 * card, which takes one after the other anyway.
 */
export class InferenceWorkers {
  /** The names of each worker's folds. */
  readonly foldsOfWorkers: readonly (readonly string[])[]
  readonly #here: Runtime
  readonly #threads: ReadonlyMap<string, RuntimeThread>

  constructor(here: Runtime, folds: readonly WorkerFold[], count = availableParallelism()) {
    this.foldsOfWorkers = divideFolds(folds, count)
    this.#here = here
    const threaded = this.foldsOfWorkers.length > 1 ? this.foldsOfWorkers : []
    this.#threads = new Map(
      threaded.flatMap((worker) => {
        const thread = new RuntimeThread(here)
        return worker.map((fold) => [fold, thread] as const)
      }),
    )
  }

  /** What opens the networks of a fold with that execution provider. */
  runtimeOf(fold: string, provider: Provider): Runtime {
    return (provider === 'cpu' ? this.#threads.get(fold) : undefined) ?? this.#here
  }

  /** Why a thread has ended by itself; its networks cannot be brought back in this process. */
  get ended(): Error | undefined {
    return [...this.#threads.values()].find(({ ended }) => ended !== undefined)?.ended
  }

  /** Ends the threads; their networks are gone with them. */
  async close(): Promise<void> {
    await Promise.all([...new Set(this.#threads.values())].map((thread) => thread.close()))
  }
}

/**
 * Shares folds out among at most `workers` threads, as evenly as can be: one runs its folds in turn,
 * beside the others. Folds of the same backbone stay together, so that it runs once a frame.
 *
 * @returns the names of each worker's folds; no worker is empty
 */
function divideFolds(
  folds: readonly WorkerFold[],
  workers: number,
): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>()
  for (const { name, trunk } of folds) {
    const key = trunk === undefined ? `fold ${name}` : `trunk ${trunk.file}`
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  const divided = Array.from({ length: Math.min(workers, groups.size) }, (): string[] => [])
  const largestFirst = [...groups.values()].sort((a, b) => b.length - a.length)
  for (const group of largestFirst) {
    const emptiest = divided.reduce((least, worker) =>
      worker.length < least.length ? worker : least,
    )
    emptiest.push(...group)
  }
  return divided
}
