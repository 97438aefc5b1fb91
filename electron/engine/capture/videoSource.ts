import { stat } from 'node:fs/promises'
import type { Frame, Millis } from '../../core/frame.ts'
import type { FrameSource, Problem, SourceItem } from '../../core/ports.ts'
import { sourceError } from '../../contract/sourceErrors.ts'
import { asError } from '../native/binding.ts'
import { rotate, type Orientation } from '../native/opencv.ts'
import { VideoCapture } from '../native/videoCapture.ts'
import { checkRegion, FrameMaker, frameSize, turned, type PartSize } from './frameMaker.ts'
import { readFrameTimes, type FrameTimes } from './frameTimes.ts'
import { IndexedReader } from './indexedReader.ts'
import { PositionReader } from './positionReader.ts'
import { RecordedSource } from './recordedSource.ts'
import type { SourceOptions } from './sourceOptions.ts'
import { POSITION_TOLERANCE_MS, type TimedPicture, type TimedReader } from './timedReader.ts'

/**
 * The containers a recording comes in. Without the list FFmpeg would draw a text file as letters
 * and follow a playlist to files that nobody named.
 */
const CONTAINERS = [
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf',
  'h264,hevc,m4v,mjpeg,dv,ivf,wtv,rm,nut,av1,obu',
].join(',')

/** Streams of pictures without a container around them, and so without a clock. */
const RAW_STREAM = /\.(h264|264|hevc|h265|265|m4v|mjpe?g|obu)$/i

/**
 * A recorded video. Nothing is dropped; frame n+1 is decoded on another thread while the reader
 * works on frame n. `tMs` is the time at which the container shows the picture, from 0 at the
 * first; `seq` counts pictures. Pictures are turned as the container says, then as `options` do.
 * @throws RoadwardError `video-empty`, `not-a-video`, `region-outside`, `option-invalid`
 */
export async function openVideo(
  uri: string,
  path: string,
  options: SourceOptions,
): Promise<FrameSource> {
  await checkFile(uri, path, options)
  const times = await readFrameTimes(path)
  const capture = openCapture(uri, path)
  if (times === undefined) checkClock(uri, path, capture, options)
  const upright = turned(capture, times?.orientation ?? 0)
  const { framesPerSecond, frames } = times === undefined ? capture : ratesOf(times, capture)
  const reader = await openReader(uri, path, { times, capture, upright }, options)
  const first = await firstOf(uri, reader, options)
  const rate = RAW_STREAM.test(path)
    ? (options.framesPerSecond ?? framesPerSecond)
    : framesPerSecond
  return new RecordedSource(
    {
      uri,
      kind: 'video',
      live: false,
      ...frameSize(options, upright.width, upright.height),
      framesPerSecond: rate,
      frames,
    },
    playVideo(uri, { reader, first, times }, options),
    durationOf(times, rate, frames),
    () => {
      first?.mat.release()
      reader[Symbol.dispose]()
    },
  )
}

async function checkFile(uri: string, path: string, options: SourceOptions): Promise<void> {
  const { framesPerSecond, startAtMs } = options
  // Told at the start only: drives that were kept by a version that ignored it are still reviewed.
  if (framesPerSecond !== undefined && startAtMs === undefined && !RAW_STREAM.test(path)) {
    throw sourceError(
      'option-invalid',
      `The video ${uri} has times of its own; it cannot be read at ${framesPerSecond} frames a second.`,
      'Leave `--fps` out: it is for folders of pictures and for raw streams such as .h264.',
    )
  }
  const { size } = await stat(path)
  if (size > 0) return
  throw sourceError(
    'video-empty',
    `The video ${uri} is an empty file (0 bytes).`,
    'Copy it again from where it was recorded.',
  )
}

/** Of raw streams FFmpeg guesses the rate, some million a second where it sees nothing to go by. */
const MOST_FRAMES_PER_SECOND = 1000

/** @throws RoadwardError `video-without-clock` */
function checkClock(
  uri: string,
  path: string,
  capture: VideoCapture,
  options: SourceOptions,
): void {
  const rate = options.framesPerSecond ?? capture.framesPerSecond
  if (!RAW_STREAM.test(path) || (rate !== undefined && rate <= MOST_FRAMES_PER_SECOND)) return
  capture.release()
  throw sourceError(
    'video-without-clock',
    `The file ${uri} is a raw stream of pictures: nothing in it says when each was taken.`,
    'Say with `--fps` how many make a second, or put it into an MP4 file.',
  )
}

function openCapture(uri: string, path: string): VideoCapture {
  try {
    return new VideoCapture(path, 'ffmpeg', `format_whitelist;${CONTAINERS}`)
  } catch (thrown) {
    throw notAVideo(uri, asError(thrown))
  }
}

interface Opened {
  readonly times: FrameTimes | undefined
  readonly capture: VideoCapture
  readonly upright: PartSize
}

async function openReader(
  uri: string,
  path: string,
  { times, capture, upright }: Opened,
  options: SourceOptions,
): Promise<TimedReader> {
  const again = (): VideoCapture => openCapture(uri, path)
  const { startAtMs = 0 } = options
  const rawRate = RAW_STREAM.test(path) ? options.framesPerSecond : undefined
  try {
    const { width, height } = upright
    if (width !== undefined && height !== undefined) checkRegion(options, { width, height })
    return times === undefined
      ? await PositionReader.open(capture, again, startAtMs, rawRate)
      : await IndexedReader.open(capture, again, times, startAtMs)
  } catch (thrown) {
    capture.release()
    throw thrown
  }
}

/** The first picture shows whether it is a video at all. */
async function firstOf(
  uri: string,
  reader: TimedReader,
  { startAtMs }: SourceOptions,
): Promise<TimedPicture | undefined> {
  try {
    const first = await reader.next()
    if (first === undefined && !startAtMs) throw notAVideo(uri)
    return first
  } catch (thrown) {
    reader[Symbol.dispose]()
    throw thrown
  }
}

/** The rate that the container states, where most frames keep to it. */
function ratesOf({ timesMs, periodMs }: FrameTimes, { framesPerSecond }: VideoCapture) {
  const stated = framesPerSecond === undefined ? NaN : 1000 / framesPerSecond
  const isKept = Math.abs(stated - periodMs) <= POSITION_TOLERANCE_MS
  return {
    framesPerSecond: isKept ? framesPerSecond : Math.round(1e5 / periodMs) / 100,
    frames: timesMs.length,
  }
}

function durationOf(
  times: FrameTimes | undefined,
  rate: number | undefined,
  frames: number | undefined,
): Millis | undefined {
  if (times !== undefined) return (times.timesMs.at(-1) ?? 0) + times.periodMs
  return frames === undefined || rate === undefined ? undefined : (frames * 1000) / rate
}

function notAVideo(uri: string, cause?: Error): Error {
  if (/\.gif$/i.test(uri)) {
    return sourceError(
      'not-a-video',
      `The file ${uri} is a GIF; these are not read.`,
      'Convert it to MP4 with another program.',
      cause,
    )
  }
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

interface Playing {
  readonly reader: TimedReader
  readonly first: TimedPicture | undefined
  readonly times: FrameTimes | undefined
}

async function* playVideo(
  uri: string,
  { reader, first, times }: Playing,
  options: SourceOptions,
): AsyncGenerator<SourceItem, void> {
  const maker = new FrameMaker(options)
  let seen = first?.seq ?? 0
  let ahead: Promise<TimedPicture | undefined> = Promise.resolve(first)
  try {
    if (!options.startAtMs) yield* remarks(uri, times)
    for (;;) {
      const picture = await ahead.catch((thrown: unknown) => {
        throw undecodable(uri, seen, asError(thrown))
      })
      if (picture === undefined || options.signal?.aborted === true) {
        picture?.mat.release()
        break
      }
      seen = picture.seq + 1
      ahead = reader.next()
      // A failure of the read ahead belongs to the next turn, not to the process.
      ahead.catch(() => undefined)
      const frame = makeFrame(maker, picture, times?.orientation ?? 0)
      yield { kind: 'frame', frame, truth: undefined }
    }
    if (options.signal?.aborted === true) return
    if (reader.lost > 0) yield { kind: 'problem', problem: damaged(uri, reader.lost) }
    if (reader.missing !== undefined) {
      yield { kind: 'problem', problem: cutShort(uri, reader.missing) }
    }
  } finally {
    const unused = await ahead.catch(() => undefined)
    unused?.mat.release()
    reader[Symbol.dispose]()
  }
}

function makeFrame(maker: FrameMaker, picture: TimedPicture, orientation: Orientation): Frame {
  using mat = picture.mat
  if (orientation === 0) return maker.make(mat, picture.seq, picture.tMs)
  using upright = rotate(mat, orientation)
  return maker.make(upright, picture.seq, picture.tMs)
}

/** What people should know who see the first of several. */
function* remarks(uri: string, times: FrameTimes | undefined): Generator<SourceItem, void> {
  if (times === undefined || times.videoStreams < 2) return
  yield {
    kind: 'problem',
    problem: {
      severity: 'warning',
      code: 'video-streams',
      message: `The video ${uri} holds ${times.videoStreams} video streams, as dash cams with several lenses make them; only the first is watched.`,
      tip: 'If the driver is in another one, copy that one into a file of its own.',
    },
  }
}

function damaged(uri: string, lost: number): Problem {
  return {
    severity: 'warning',
    code: 'video-damaged',
    message: `The video ${uri} is damaged: ${lost} of its frames could not be decoded.`,
    tip: 'Copy it again if they matter; the time that they were shown counts as not watched.',
  }
}

function cutShort(uri: string, missing: string): Problem {
  return {
    severity: 'warning',
    code: 'video-cut-short',
    message: `The video ${uri} ${missing}: it was cut short.`,
    tip: 'Copy it again if the rest matters; what is there was read.',
  }
}
