/** Milliseconds; never a frame count, never a wall-clock date. */
export type Millis = number

/** One picture from a source, ready for preparation. */
export interface Frame {
  /** Position in the drive, counted by the source from 0; dropped frames leave a gap. */
  readonly seq: number
  /** The source's own clock: video position, or monotonic capture time since the source opened. */
  readonly tMs: Millis
  readonly width: number
  readonly height: number
  /** BGR, HWC, one unsigned byte a channel: `height * width * 3` bytes, rows without padding. */
  readonly pixels: Uint8Array
  /** Cheap light statistics of the picture, for the camera check. */
  readonly view: ViewStats
}

/** Statistics of one frame's luma that tell a covered, dark, overexposed or frozen camera. */
export interface ViewStats {
  /** Mean luma, 0 to 255. */
  readonly meanLuma: number
  /** Standard deviation of luma, 0 to 127.5: a covered lens has next to none. */
  readonly stdLuma: number
  /** Share of pixels (0 to 1) with luma at or above 250. */
  readonly saturated: number
  /** Mean absolute luma difference to the frame before, 0 to 255; undefined on the first frame. */
  readonly changeFromLast: number | undefined
}
