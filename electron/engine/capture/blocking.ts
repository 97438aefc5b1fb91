import type { Millis } from '../../core/frame.ts'
import type { SourceOptions } from './sourceOptions.ts'

/** No native opening takes longer: V4L2 about a second, FFmpeg by its own time limits. */
const OPEN_BLOCKS_MS: Millis = 4000

/**
 * Opens a device on this thread, and says so before and after: nobody hears a heartbeat meanwhile,
 * and the watchdog must not take that for a hang.
 */
export function blocking<T>({ onBlocking }: Pick<SourceOptions, 'onBlocking'>, open: () => T): T {
  onBlocking?.(OPEN_BLOCKS_MS)
  try {
    return open()
  } finally {
    onBlocking?.(0)
  }
}
