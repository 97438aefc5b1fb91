import { parentPort, workerData } from 'node:worker_threads'
import type { Tensor } from 'onnxruntime-node'
import { loadRuntime, type Output, type Session } from './runtime.ts'
import {
  AT_WORK,
  CLOSED,
  IDLE,
  isNames,
  type NumberedRequest,
  type OpenedSession,
  type SharedTensors,
  type ThreadAnswer,
  type ThreadRequest,
} from './threadMessages.ts'

/** The entry of a thread with a runtime of its own; `RuntimeThread` is its other end. */

type Tensors = Readonly<Record<string, Tensor>>

interface Opened {
  readonly session: Session
  /** By name and shape. The runtime takes no shared memory: these are filled from it, or copied to it. */
  readonly tensors: Map<string, Tensor>
}

const state = workerData as Int32Array
const runtime = await loadRuntime()
const opened: (Opened | undefined)[] = []

function sessionOf(number: number): Opened {
  const found = opened[number]
  if (found === undefined) throw new RangeError(`no session ${number}`)
  return found
}

async function open({ file, options }: ThreadRequest & { type: 'open' }): Promise<OpenedSession> {
  const session = await runtime.open(file, options)
  const { inputNames, outputNames, inputMetadata, outputMetadata } = session
  const number = opened.push({ session, tensors: new Map() }) - 1
  return { session: number, inputNames, outputNames, inputMetadata, outputMetadata }
}

/** Tensors of this thread, as large as the shared ones. */
function tensorsLike(shared: SharedTensors, { tensors }: Opened): Tensors {
  const own = Object.entries(shared).map(([name, { data, shape }]) => {
    const key = `${name} ${shape.join('x')}`
    const tensor = tensors.get(key) ?? runtime.tensor(new Float32Array(data.length), shape)
    tensors.set(key, tensor)
    return [name, tensor] as const
  })
  return Object.fromEntries(own)
}

async function run({ session, feeds, fetches }: ThreadRequest & { type: 'run' }) {
  const at = sessionOf(session)
  const inputs = tensorsLike(feeds, at)
  for (const [name, { data }] of Object.entries(feeds)) {
    ;(inputs[name]?.data as Float32Array).set(data)
  }
  if (isNames(fetches)) return plain(await at.session.run(inputs, fetches))
  const outputs = tensorsLike(fetches, at)
  await at.session.run(inputs, outputs)
  for (const [name, { data }] of Object.entries(fetches)) {
    data.set(outputs[name]?.data as Float32Array)
  }
  return undefined
}

/** Tensors have methods and cannot be sent. */
function plain(outputs: Readonly<Record<string, Output>>): Readonly<Record<string, Output>> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => [name, { data, dims }]),
  )
}

async function release({ session }: ThreadRequest & { type: 'release' }): Promise<void> {
  await sessionOf(session).session.release()
  opened[session] = undefined
}

function work(request: ThreadRequest): Promise<unknown> {
  switch (request.type) {
    case 'open':
      return open(request)
    case 'run':
      return run(request)
    case 'release':
      return release(request)
  }
}

let last: Promise<void> = Promise.resolve()

parentPort?.on('message', (numbered: NumberedRequest) => {
  last = last.then(() => take(numbered))
})

/** Answers one request, unless the thread was closed before it came to it. */
async function take({ id, request }: NumberedRequest): Promise<void> {
  if (Atomics.compareExchange(state, 0, IDLE, AT_WORK) === CLOSED) return
  let message: ThreadAnswer
  try {
    message = { id, value: await work(request) }
  } catch (error) {
    message = { id, failure: error instanceof Error ? error.message : String(error) }
  }
  Atomics.store(state, 0, IDLE)
  Atomics.notify(state, 0)
  parentPort?.postMessage(message)
}
