import { availableParallelism } from 'node:os'

/**
 * Threads inside one network when nobody asks for a number. Two threads that do not spin while they
 * wait bring four EfficientNet-Lite0 folds from 28 to 20 ms a frame on two cores (measured with one
 * core half busy); more would take the cores from the decoder and the screen.
 */
export const DEFAULT_INTRA_OP_THREADS = Math.min(2, availableParallelism())
