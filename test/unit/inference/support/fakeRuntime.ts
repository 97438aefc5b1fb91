import path from 'node:path'
import { Tensor, type InferenceSession } from 'onnxruntime-node'
import type { Runtime, Session } from '../../../../electron/inference/runtime.ts'

/** What a fake network answers: ten values for the input it sees, or an error. */
export type Network = (input: Float32Array, run: number) => readonly number[]

/** What a test may see of the fake runtime. */
export interface FakeRuntime extends Runtime {
  /** `provider:fold` of every attempt to load, in order. */
  readonly opened: readonly string[]
  readonly released: readonly string[]
  /** The options of every attempt. */
  readonly options: readonly InferenceSession.SessionOptions[]
  /** The buffers that folds read their input from, by fold. */
  readonly inputs: ReadonlyMap<string, Float32Array>
}

/**
 * A runtime whose networks are functions.
 * @param failing providers whose libraries are missing, with what the runtime would throw.
 */
export function fakeRuntime(
  networks: Readonly<Record<string, Network>>,
  providers: readonly string[] = ['cpu', 'cuda', 'tensorrt'],
  failing: Readonly<Record<string, string>> = {},
): FakeRuntime {
  const opened: string[] = []
  const released: string[] = []
  const options: InferenceSession.SessionOptions[] = []
  const inputs = new Map<string, Float32Array>()
  return {
    opened,
    released,
    options,
    inputs,
    providers: new Set(providers),
    tensor: (data, shape) => new Tensor('float32', data, shape),
    open: (file, sessionOptions) => {
      const name = path.basename(file, '.onnx')
      const provider = sessionOptions.executionProviders?.[0] as string
      opened.push(`${provider}:${name}`)
      options.push(sessionOptions)
      const failure = failing[provider]
      if (failure !== undefined) return Promise.reject(new Error(failure))
      const network = networks[name]
      if (network === undefined) return Promise.reject(new Error('Protobuf parsing failed.'))
      return Promise.resolve(
        session(
          network,
          (input) => inputs.set(name, input),
          () => released.push(name),
        ),
      )
    },
  }
}

function session(
  network: Network,
  onInput: (input: Float32Array) => void,
  onRelease: () => void,
): Session {
  let runs = 0
  return {
    inputNames: ['input'],
    outputNames: ['logits'],
    inputMetadata: [{ name: 'input', isTensor: true, type: 'float32', shape: ['batch', 3, 6, 8] }],
    outputMetadata: [{ name: 'logits', isTensor: true, type: 'float32', shape: ['batch', 10] }],
    run: async (feeds: InferenceSession.FeedsType, fetches?: unknown) => {
      // As onnxruntime-node: not before the event loop has turned.
      await new Promise((resolve) => setImmediate(resolve))
      const input = feeds['input']?.data as Float32Array
      onInput(input)
      const answer = Float32Array.from(network(input, (runs += 1)))
      const given = (fetches as Record<string, Tensor | undefined> | undefined)?.['logits']
      if (given instanceof Tensor) (given.data as Float32Array).set(answer)
      return {
        logits: given instanceof Tensor ? given : new Tensor('float32', answer, [1, answer.length]),
      }
    },
    release: () => {
      onRelease()
      return Promise.resolve()
    },
  }
}
