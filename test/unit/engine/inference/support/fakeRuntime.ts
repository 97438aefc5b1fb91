import path from 'node:path'
import { Tensor, type InferenceSession } from 'onnxruntime-node'
import type { Runtime, Session } from '../../../../../electron/engine/inference/runtime.ts'

/** What a fake network answers: ten values for the input it sees, or an error. */
export type Network = (input: Float32Array, run: number) => readonly number[]

/** The tensors of a fake network, where they are not a fold's that sees the picture. */
export interface Ports {
  readonly input: readonly [name: string, shape: readonly number[]]
  readonly output: readonly [name: string, shape: readonly number[]]
}

const PICTURE_TO_LOGITS: Ports = { input: ['input', [1, 3, 6, 8]], output: ['logits', [1, 10]] }

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
 * @param ports of networks that are no plain folds, by name.
 */
export function fakeRuntime(
  networks: Readonly<Record<string, Network>>,
  providers: readonly string[] = ['cpu', 'cuda', 'tensorrt'],
  failing: Readonly<Record<string, string>> = {},
  ports: Readonly<Record<string, Ports>> = {},
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
          ports[name] ?? PICTURE_TO_LOGITS,
          (input) => inputs.set(name, input),
          () => released.push(name),
        ),
      )
    },
  }
}

function session(
  network: Network,
  { input: [inputName, inputShape], output: [outputName, outputShape] }: Ports,
  onInput: (input: Float32Array) => void,
  onRelease: () => void,
): Session {
  let runs = 0
  return {
    inputNames: [inputName],
    outputNames: [outputName],
    inputMetadata: [declared(inputName, inputShape)],
    outputMetadata: [declared(outputName, outputShape)],
    run: async (feeds: InferenceSession.FeedsType, fetches?: unknown) => {
      // As onnxruntime-node: not before the event loop has turned.
      await new Promise((resolve) => setImmediate(resolve))
      const input = feeds[inputName]?.data as Float32Array
      onInput(input)
      const answer = Float32Array.from(network(input, (runs += 1)))
      const given = (fetches as Record<string, Tensor | undefined> | undefined)?.[outputName]
      if (given instanceof Tensor) (given.data as Float32Array).set(answer)
      const shape = outputName === 'logits' ? [1, answer.length] : outputShape
      return {
        [outputName]: given instanceof Tensor ? given : new Tensor('float32', answer, shape),
      }
    },
    release: () => {
      onRelease()
      return Promise.resolve()
    },
  }
}

/** A float32 tensor whose batch is free. */
function declared(name: string, [, ...sizes]: readonly number[]) {
  return { name, isTensor: true, type: 'float32', shape: ['batch', ...sizes] } as const
}
