import process from 'node:process'
import { Worker } from 'node:worker_threads'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Millis } from '../../core/frame.ts'
import type { Output, Runtime, Session } from './runtime.ts'
import {
  AT_WORK,
  CLOSED,
  IDLE,
  isNames,
  type NumberedRequest,
  type OpenedSession,
  type SharedTensor,
  type SharedTensors,
  type ThreadAnswer,
  type ThreadRequest,
} from './threadMessages.ts'

/** Built, also for tests that run from the sources. */
const ENTRY = new URL('../../../dist/engine/inference/thread.js', import.meta.url)

/** Longer than any network takes for a picture. */
const LONGEST_WORK_MS: Millis = 10_000

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * A runtime whose networks run on a thread of their own, beside those of other threads and of the
 * caller. The thread starts with the first network and ends with `close`.
 */
export class RuntimeThread implements Runtime {
  readonly providers: ReadonlySet<string>
  readonly tensor: Runtime['tensor']
  #worker: Worker | undefined
  /** Why the thread answers no more. */
  #ended: Error | undefined
  #lastId = 0
  readonly #waiting = new Map<number, Waiting>()
  readonly #state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #whenProcessExits = (): void => {
    this.#closeWhenIdle()
  }

  /** @param here the runtime of the caller's thread, for tensors and the names of providers */
  constructor(here: Pick<Runtime, 'providers' | 'tensor'>) {
    this.providers = here.providers
    this.tensor = (data, shape) => here.tensor(data, shape)
  }

  async open(file: string, options: InferenceSession.SessionOptions): Promise<Session> {
    const opened = (await this.#ask({ type: 'open', file, options })) as OpenedSession
    return new ThreadSession(opened, {
      ask: (request) => this.#ask(request),
      ended: () => this.#ended !== undefined,
    })
  }

  /** Why it answers no more, although nobody closed it; its networks are gone. */
  get ended(): Error | undefined {
    return this.#ended
  }

  async close(): Promise<void> {
    this.#closeWhenIdle()
    process.off('exit', this.#whenProcessExits)
    await this.#worker?.terminate()
  }

  /** Blocks until the thread is outside the runtime, and keeps it there. */
  #closeWhenIdle(): void {
    while (Atomics.compareExchange(this.#state, 0, IDLE, CLOSED) === AT_WORK) {
      if (Atomics.wait(this.#state, 0, AT_WORK, LONGEST_WORK_MS) === 'timed-out') return
    }
  }

  #ask(request: ThreadRequest): Promise<unknown> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended)
    this.#worker ??= this.#start()
    const id = (this.#lastId += 1)
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#worker.postMessage({ id, request } satisfies NumberedRequest)
    return answer
  }

  #start(): Worker {
    const worker = new Worker(ENTRY, { workerData: this.#state })
    process.on('exit', this.#whenProcessExits)
    worker.on('message', (answer: ThreadAnswer) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('failure' in answer) waiting?.reject(new Error(answer.failure))
      else waiting?.resolve(answer.value)
    })
    worker.on('error', (error) => {
      this.#end(error instanceof Error ? error.message : String(error))
    })
    worker.on('exit', (code) => {
      this.#end(`exit code ${code}`)
    })
    return worker
  }

  #end(reason: string): void {
    this.#ended ??= new Error(`the thread of its networks has ended: ${reason}`)
    for (const { reject } of this.#waiting.values()) reject(this.#ended)
    this.#waiting.clear()
  }
}

interface ThreadPort {
  ask(request: ThreadRequest): Promise<unknown>
  ended(): boolean
}

/** A session on the other side of a thread. Tensors are copied through shared memory. */
class ThreadSession implements Session {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly inputMetadata: Session['inputMetadata']
  readonly outputMetadata: Session['outputMetadata']
  readonly #number: number
  readonly #port: ThreadPort
  readonly #shared = new Map<Tensor, SharedTensor>()

  constructor(opened: OpenedSession, port: ThreadPort) {
    this.inputNames = opened.inputNames
    this.outputNames = opened.outputNames
    this.inputMetadata = opened.inputMetadata
    this.outputMetadata = opened.outputMetadata
    this.#number = opened.session
    this.#port = port
  }

  /** The feeds are read before it returns. */
  async run(...[feeds, fetches]: Parameters<Session['run']>): ReturnType<Session['run']> {
    const sent = this.#sharedOf(feeds)
    for (const [name, { data }] of Object.entries(sent)) data.set(valuesOf(feeds[name]))
    const request = { type: 'run', session: this.#number, feeds: sent } as const
    if (isNames(fetches)) {
      return (await this.#port.ask({ ...request, fetches })) as Readonly<Record<string, Output>>
    }
    const received = this.#sharedOf(fetches)
    await this.#port.ask({ ...request, fetches: received })
    for (const [name, { data }] of Object.entries(received)) valuesOf(fetches[name]).set(data)
    return fetches
  }

  async release(): Promise<void> {
    // A thread that has ended took its networks with it.
    if (this.#port.ended()) return
    await this.#port.ask({ type: 'release', session: this.#number })
  }

  #sharedOf(tensors: Readonly<Record<string, Tensor>>): SharedTensors {
    return Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => [name, this.#share(tensor)]),
    )
  }

  #share(tensor: Tensor): SharedTensor {
    const known = this.#shared.get(tensor)
    if (known !== undefined) return known
    const { BYTES_PER_ELEMENT } = Float32Array
    const data = new Float32Array(new SharedArrayBuffer(tensor.size * BYTES_PER_ELEMENT))
    const shared = { data, shape: tensor.dims }
    this.#shared.set(tensor, shared)
    return shared
  }
}

function valuesOf(tensor: Tensor | undefined): Float32Array {
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError('not a float32 tensor')
  return tensor.data
}
