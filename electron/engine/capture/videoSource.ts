import { stat } from 'node:fs/promises'
import { asError } from '../native/binding.ts'
import type { Reading } from '../native/videoCapture.ts'
import { VideoCapture } from '../native/videoCapture.ts'
import type { Frame, Millis } from '../../core/frame.ts'
import type { FrameSource, Problem, SourceItem } from '../../core/ports.ts'
import { checkRegion, FrameMaker, frameSize } from './frameMaker.ts'
import { RecordedSource } from './recordedSource.ts'
import { sourceError } from '../../contract/sourceErrors.ts'
import type { SourceOptions } from './sourceOptions.ts'

/**
 * The containers a recording comes in. Without the list FFmpeg would draw a text file as letters
 * and follow a playlist to files that nobody named.
 */
const CONTAINERS = [
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf',
  'h264,hevc,m4v,mjpeg,dv,ivf,wtv,rm,nut,av1,obu',
].join(',')

/**
 * A recorded video. Nothing is dropped; frame n+1 is decoded on another thread while the reader
 * works on frame n. `tMs` is the position in the container, `seq` counts pictures.
 * @throws RoadwardError `video-empty`, `not-a-video`, `region-outside`
 */
export async function openVideo(
  uri: string,
  path: string,
  options: SourceOptions,
): Promise<FrameSource> {
  const { size } = await stat(path)
  if (size === 0) {
    throw sourceError(
      'video-empty',
      `The video ${uri} is an empty file (0 bytes).`,
      'Copy it again from where it was recorded.',
    )
  }
  const capture = openCapture(uri, path)
  try {
    const { width, height, framesPerSecond, frames } = capture
    if (width !== undefined && height !== undefined) checkRegion(options, { width, height })
    if (options.startAtMs !== undefined && options.startAtMs > 0) {
      await capture.seek(options.startAtMs)
    }
    const first = await capture.read()
    if (first === undefined && !options.startAtMs) throw notAVideo(uri)
    const size = frameSize(options, width, height)
    return new RecordedSource(
      { uri, kind: 'video', live: false, ...size, framesPerSecond, frames },
      playVideo(uri, capture, first, options),
      frames !== undefined && framesPerSecond !== undefined
        ? (frames * 1000) / framesPerSecond
        : undefined,
      () => {
        first?.mat.release()
        capture.release()
      },
    )
  } catch (thrown) {
    capture.release()
    throw thrown
  }
}

function openCapture(uri: string, path: string): VideoCapture {
  try {
    return new VideoCapture(path, 'ffmpeg', `format_whitelist;${CONTAINERS}`)
  } catch (thrown) {
    throw notAVideo(uri, asError(thrown))
  }
}

function notAVideo(uri: string, cause?: Error): Error {
  return sourceError(
    'not-a-video',
    `The file ${uri} is not a video that can be decoded.`,
    'Name an MP4, MKV, AVI or similar file; if it should be one, it was cut before its index was written.',
    cause,
  )
}

function undecodable(uri: string, frames: number, cause: Error): Error {
  return sourceError(
    'video-undecodable',
    `The video ${uri} cannot be decoded beyond frame ${frames}: ${cause.message}`,
    'Convert it to MP4 with another program and try again.',
    cause,
  )
}

async function* playVideo(
  uri: string,
  capture: VideoCapture,
  first: Reading | undefined,
  options: SourceOptions,
): AsyncGenerator<SourceItem, void> {
  const maker = new FrameMaker(options)
  const clock = new VideoClock(capture.framesPerSecond)
  const startMs = options.startAtMs ?? 0
  // The container says how many pictures lie before the one that a seek led to.
  let seq = first !== undefined && startMs > 0 ? Math.max(0, first.positionFrames - 1) : 0
  let ahead: Promise<Reading | undefined> = Promise.resolve(first)
  try {
    for (;;) {
      const reading = await ahead.catch((thrown: unknown) => {
        throw undecodable(uri, seq, asError(thrown))
      })
      if (reading === undefined || options.signal?.aborted === true) break
      ahead = capture.read()
      // A failure of the read ahead belongs to the next turn, not to the process.
      ahead.catch(() => undefined)
      const tMs = clock.at(reading.positionMs, seq)
      // Some containers only seek to the key frame before.
      if (tMs >= startMs - clock.periodMs / 2) {
        yield { kind: 'frame', frame: makeFrame(maker, reading, seq, tMs), truth: undefined }
      } else reading.mat.release()
      seq++
    }
    const problem = cutShort(uri, seq, capture.frames)
    if (problem !== undefined && options.signal?.aborted !== true)
      yield { kind: 'problem', problem }
  } finally {
    const unused = await ahead.catch(() => undefined)
    unused?.mat.release()
    capture.release()
  }
}

function makeFrame(maker: FrameMaker, reading: Reading, seq: number, tMs: Millis): Frame {
  using mat = reading.mat
  return maker.make(mat, seq, tMs)
}

/** Turns container positions into a clock that always moves on. */
class VideoClock {
  /** 25 a second where the container does not know, as FFmpeg assumes. */
  readonly periodMs: Millis
  #lastMs: Millis | undefined

  constructor(framesPerSecond: number | undefined) {
    this.periodMs = 1000 / (framesPerSecond ?? 25)
  }

  /** Containers without times say 0 throughout: then the count tells the time. */
  at(positionMs: number, seq: number): Millis {
    const lastMs = this.#lastMs
    const known = Number.isFinite(positionMs) && positionMs > (lastMs ?? -1)
    const tMs = known
      ? positionMs
      : lastMs === undefined
        ? seq * this.periodMs
        : lastMs + this.periodMs
    this.#lastMs = tMs
    return tMs
  }
}

/** Announced counts are partly estimates: so many pictures too few mean nothing. */
const COUNT_TOLERANCE = { frames: 3, share: 0.01 } as const

function cutShort(uri: string, seen: number, announced: number | undefined): Problem | undefined {
  if (announced === undefined || seen === 0) return undefined
  const missing = announced - seen
  if (missing <= Math.max(COUNT_TOLERANCE.frames, announced * COUNT_TOLERANCE.share))
    return undefined
  return {
    severity: 'warning',
    code: 'video-cut-short',
    message: `The video ${uri} announces ${announced} frames but ends after ${seen}: it was cut short.`,
    tip: 'Copy it again if the rest matters; what is there was read.',
  }
}
