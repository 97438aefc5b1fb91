import type { Millis } from '../../core/frame.ts'
import type { Region } from '../native/opencv.ts'
import { sourceError } from '../../contract/sourceErrors.ts'
import type { Timing } from './timing.ts'

/** How a source is to be read. Pictures pass through `region`, then `rotate`, then `mirror`. */
export interface SourceOptions {
  /** Part of the picture to keep, in pixels of the source; it must lie inside. */
  readonly region?: Region
  /** Clockwise, for cameras mounted on their side. */
  readonly rotate?: 0 | 90 | 180 | 270
  /** Left becomes right: right-hand drive cars, as the folds saw left-hand drive only. */
  readonly mirror?: boolean
  /** Pace of pictures that have no clock of their own (folders, globs, State Farm). Default 5. */
  readonly framesPerSecond?: number
  /** State Farm: only these drivers, in the order of the list. */
  readonly driver?: readonly string[]
  /**
   * Recorded sources begin here, with the `seq` they would have had when played from the start.
   * In State Farm folders it counts over all drives that are played.
   */
  readonly startAtMs?: Millis
  /** How long opening may take. Default 5,000. */
  readonly openTimeoutMs?: Millis
  /** Ends opening with the signal's reason, and iterating without one. */
  readonly signal?: AbortSignal
  /** Called before this thread blocks, with for how long at most, and with 0 after. */
  readonly onBlocking?: (upToMs: Millis) => void
  /** The clock of live sources, for tests. */
  readonly timing?: Timing
}

/** State Farm's own rate is unknown; near-duplicates of one video, taken as 5 a second. */
export const DEFAULT_PICTURES_PER_SECOND = 5

/** A slow network camera needs 2 to 3 s to its first picture; beyond 5 s people give up. */
export const DEFAULT_OPEN_TIMEOUT_MS = 5000

/** @throws RoadwardError `option-invalid` */
export function checkOptions(options: SourceOptions): void {
  const { framesPerSecond, startAtMs, openTimeoutMs, region } = options
  if (framesPerSecond !== undefined && !(framesPerSecond > 0 && framesPerSecond <= 1000)) {
    refuse('The frame rate', framesPerSecond, 'a number of pictures a second, from 0 to 1000')
  }
  if (startAtMs !== undefined && !(startAtMs >= 0 && Number.isFinite(startAtMs))) {
    refuse('The start position', startAtMs, 'a number of milliseconds, 0 or more')
  }
  if (openTimeoutMs !== undefined && !(openTimeoutMs > 0 && Number.isFinite(openTimeoutMs))) {
    refuse('The time limit for opening', openTimeoutMs, 'a number of milliseconds above 0')
  }
  if (region !== undefined && !isRegion(region)) {
    const { x, y, width, height } = region
    refuse('The region', `${x},${y},${width},${height}`, 'x,y,width,height in whole pixels')
  }
}

function isRegion({ x, y, width, height }: Region): boolean {
  return (
    [x, y, width, height].every(Number.isInteger) && x >= 0 && y >= 0 && width > 0 && height > 0
  )
}

function refuse(what: string, value: number | string, wanted: string): never {
  throw sourceError('option-invalid', `${what} cannot be ${value}.`, `Give ${wanted}.`)
}
