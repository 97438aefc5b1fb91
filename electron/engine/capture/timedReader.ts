import type { Millis } from '../../core/frame.ts'
import type { Mat } from '../native/opencv.ts'
import type { VideoCapture } from '../native/videoCapture.ts'

/** A decoded picture in its place. The reader releases `mat`. */
export interface TimedPicture {
  readonly mat: Mat
  /** So many pictures are shown before it. */
  readonly seq: number
  readonly tMs: Millis
}

/** Pictures of a video from some place on, at the times at which they are shown. */
export interface TimedReader extends Disposable {
  /** One call at a time. @returns undefined at the end */
  next(): Promise<TimedPicture | undefined>
  /** In words, when the pictures ended before the recording does; undefined while they go on. */
  readonly missing: string | undefined
  /** Pictures so far that could not be decoded. */
  readonly lost: number
}

export type OpenCapture = () => VideoCapture

/** Positions are rounded to the tick of the container, which is 1 ms at the coarsest. */
export const POSITION_TOLERANCE_MS: Millis = 1

/** Announced counts and durations are partly estimates: so little missing means nothing. */
export const COUNT_TOLERANCE = { frames: 3, share: 0.01 } as const
