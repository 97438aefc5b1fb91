import process from 'node:process'
import { isMainThread } from 'node:worker_threads'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { RoadwardError } from '../../core/errors.ts'

/** What a network gives under one name. */
export type Output = Pick<Tensor, 'data' | 'dims'>

/** The part of an ONNX Runtime session that a network uses. */
export interface Session extends Pick<
  InferenceSession,
  'inputNames' | 'outputNames' | 'inputMetadata' | 'outputMetadata' | 'release'
> {
  /** @param fetches names of outputs, or tensors that are filled with them */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    fetches: readonly string[] | Readonly<Record<string, Tensor>>,
  ): Promise<Readonly<Record<string, Output>>>
}

/** ONNX Runtime, as far as the ensemble needs it; tests hand in their own. */
export interface Runtime {
  /** Names of the providers that this build of the runtime knows; their libraries may be missing. */
  readonly providers: ReadonlySet<string>
  /** Loads a model. Throws when the provider or the model cannot be used. */
  open(file: string, options: InferenceSession.SessionOptions): Promise<Session>
  /** A float32 tensor over `data`, which stays shared with it. */
  tensor(data: Float32Array, shape: readonly number[]): Tensor
}

/**
 * What ONNX Runtime reads when it is loaded: with `1` it creates no uploader, no event and no device
 * id (its docs/Privacy.md). Without, every build from 1.29 on reports to a host of Microsoft's.
 */
const TELEMETRY_SWITCH = 'ORT_DISABLE_TELEMETRY'

/**
 * The real runtime, loaded on first use, with its telemetry switched off.
 * @throws RangeError on a worker thread whose process has not loaded it before.
 * @throws RoadwardError `runtime-missing` when its native part does not load on this machine.
 */
export async function loadRuntime(): Promise<Runtime> {
  const ort = await importRuntime()
  // It would print a stack for every provider whose library is missing; we say that ourselves.
  ort.env.logLevel = 'fatal'
  return {
    providers: new Set(ort.listSupportedBackends().map(({ name }) => name)),
    open: (file, options) => ort.InferenceSession.create(file, options),
    tensor: (data, shape) => new ort.Tensor('float32', data, shape),
  }
}

async function importRuntime() {
  switchTelemetryOff()
  try {
    return await import('onnxruntime-node')
  } catch (error) {
    throw new RoadwardError(
      'runtime-missing',
      `ONNX Runtime does not load on this machine: ${(error as Error).message}.`,
      'Run `npm run setup`.',
      { cause: error },
    )
  }
}

/** A worker thread has a copy of the environment: what it sets there, native code does not see. */
function switchTelemetryOff(): void {
  if (isMainThread) process.env[TELEMETRY_SWITCH] = '1'
  else if (process.env[TELEMETRY_SWITCH] !== '1') {
    throw new RangeError('the main thread loads ONNX Runtime first, without telemetry')
  }
}
