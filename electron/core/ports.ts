import type { Frame, Millis } from './frame.ts'
import type { ClassId } from './labels.ts'

/** Something the people in front of the screen should know, in words and with a remedy. */
export interface Problem {
  readonly severity: 'info' | 'warning' | 'error'
  /** Stable identifier such as `source-lost`, for screens that translate. */
  readonly code: string
  /** One or two sentences: what happened and where. */
  readonly message: string
  /** What to do about it. */
  readonly tip?: string | undefined
}

/** What a source yields: problems travel in-band, beside the frames. */
export type SourceItem =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly truth: ClassId | undefined }
  /**
   * A new drive starts (another driver's folder): timers and filters begin afresh, `tMs` restarts
   * at 0, which is `originMs` of the whole recording.
   */
  | { readonly kind: 'drive'; readonly label: string; readonly originMs?: Millis }
  /** The picture is away since `sinceMs` on the source's clock; `frame` items resume when it is back. */
  | { readonly kind: 'gap'; readonly sinceMs: Millis; readonly problem: Problem }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** Facts about an open source. */
export interface SourceInfo {
  /** What the user named, shown as is. */
  readonly uri: string
  readonly kind: 'camera' | 'stream' | 'video' | 'pictures' | 'statefarm'
  /** Live sources drop stale frames; recorded ones never do. */
  readonly live: boolean
  readonly width: number | undefined
  readonly height: number | undefined
  readonly framesPerSecond: number | undefined
  /** Number of frames announced, where known. A truncated file may hold fewer. */
  readonly frames: number | undefined
}

/**
 * Frames in the order of the source's clock. Whoever opens it closes it (`await using`).
 * Iterating ends at the end of a recorded source; a live source ends only when closed.
 */
export interface FrameSource extends AsyncIterable<SourceItem>, AsyncDisposable {
  readonly info: SourceInfo
  /** Frames the source dropped because nobody was ready for them (live only). */
  readonly dropped: number
  /** Of the whole recording, all its drives one after another, where known; never of live sources. */
  readonly durationMs?: Millis | undefined
}
