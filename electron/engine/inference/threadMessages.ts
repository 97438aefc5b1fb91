import type { InferenceSession } from 'onnxruntime-node'

/** A float32 tensor in memory that both threads see: nothing of size travels in a message. */
export interface SharedTensor {
  /** Over a SharedArrayBuffer. */
  readonly data: Float32Array
  readonly shape: readonly number[]
}

export type SharedTensors = Readonly<Record<string, SharedTensor>>

/**
 * Where a thread stands, in an Int32Array of one value that both sides see. A process that ends
 * while a thread is inside the runtime aborts (measured): it has to wait until the thread is idle,
 * and close it then, so that it begins nothing more.
 */
export const IDLE = 0
export const AT_WORK = 1
export const CLOSED = 2

/** What is asked of a runtime thread. */
export type ThreadRequest =
  | {
      readonly type: 'open'
      readonly file: string
      readonly options: InferenceSession.SessionOptions
    }
  | {
      readonly type: 'run'
      readonly session: number
      readonly feeds: SharedTensors
      /** Names alone: the outputs come with the answer. */
      readonly fetches: readonly string[] | SharedTensors
    }
  | { readonly type: 'release'; readonly session: number }

/** Whether outputs are asked for by their names alone. */
export function isNames(fetches: object): fetches is readonly string[] {
  return Array.isArray(fetches)
}

/** A request with the number that its answer repeats. */
export interface NumberedRequest {
  readonly id: number
  readonly request: ThreadRequest
}

/** What `open` answers. */
export interface OpenedSession extends Pick<
  InferenceSession,
  'inputNames' | 'outputNames' | 'inputMetadata' | 'outputMetadata'
> {
  readonly session: number
}

export type ThreadAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string }
