import { stat } from 'node:fs/promises'
import type { Millis } from '../../core/frame.ts'
import type { Orientation } from '../native/opencv.ts'
import { readEdits } from './mp4Head.ts'

/** What a container says of its first video stream, frame by frame. */
export interface FrameTimes {
  /** When each frame is shown, in that order, from 0 at the first. */
  readonly timesMs: Float64Array
  /** The first frame that can be decoded: what is shown before the first key frame cannot. */
  readonly firstDecodable: number
  /** Most frames are shown so long. */
  readonly periodMs: Millis
  /** Where the container says that the last frame ends, on the same clock; undefined if it does not. */
  readonly announcedMs: Millis | undefined
  /** Clockwise, to be upright. */
  readonly orientation: Orientation
  readonly videoStreams: number
  /** What `IndexedReader` learns of OpenCV's positions in this file; see there. */
  positions?: number | 'of no use'
}

/** Files that were opened lately: somebody who reviews a drive opens one again and again. */
const KEPT = 4
const kept = new Map<string, Promise<FrameTimes | undefined>>()

/**
 * Reads the times of all frames out of an MP4, MOV, Matroska, WebM or MPEG-TS file. For an hour of
 * video (108,000 frames, 0.9 GB) that takes 0.3 s of MP4, 1.4 s of Matroska and 5 s of MPEG-TS,
 * which has no index (measured, two cores).
 *
 * @returns undefined for other containers, and for what cannot be understood
 */
export async function readFrameTimes(path: string): Promise<FrameTimes | undefined> {
  const { size, mtimeMs } = await stat(path)
  const key = `${size} ${mtimeMs} ${path}`
  const known = kept.get(key)
  if (known !== undefined) return await known
  const reading = readContainer(path)
  kept.set(key, reading)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
  }
  return await reading
}

async function readContainer(path: string): Promise<FrameTimes | undefined> {
  // Only recordings need it: a live drive starts without.
  const media = await import('mediabunny')
  media.Logging.level = media.LogLevel.Silent
  using input = new media.Input({
    source: new media.FilePathSource(path),
    formats: [media.MP4, media.QTFF, media.MATROSKA, media.WEBM, media.MPEG_TS],
  })
  try {
    const tracks = await input.getVideoTracks()
    const [track] = tracks
    if (track === undefined) return undefined
    const edits = await readEdits(path, track.id)
    if (edits === 'several') return undefined
    const times: Millis[] = []
    let firstKey: Millis | undefined
    const packets = new media.EncodedPacketSink(track)
    for await (const packet of packets.packets(undefined, undefined, { metadataOnly: true })) {
      const tMs = packet.timestamp * 1000
      if (packet.type === 'key') firstKey ??= tMs
      times.push(tMs)
    }
    const shown = inOrder(times, edits)
    const startMs = shown[0]
    if (startMs === undefined) return undefined
    const timesMs = shown.map((tMs) => toMicroseconds(tMs - startMs))
    // Of MP4 the table of samples says what is missing, and MPEG-TS announces nothing.
    const isMatroska = (await input.getFormat()) instanceof media.MatroskaInputFormat
    const end = isMatroska ? await track.getDurationFromMetadata() : null
    return {
      timesMs,
      firstDecodable: Math.max(0, firstAtOrAfter(timesMs, (firstKey ?? startMs) - startMs)),
      periodMs: medianGapMs(timesMs),
      announcedMs: end === null ? undefined : end * 1000 - startMs,
      orientation: await track.getRotation(),
      videoStreams: tracks.length,
    }
  } catch {
    // A container that is damaged or not one of these; OpenCV says what it can do with it.
    return undefined
  }
}

/** What is not shown has a time outside of the edit: the rest of a group that was cut into. */
function inOrder(times: readonly Millis[], shownMs: Millis | undefined): Float64Array {
  const endMs = shownMs ?? Infinity
  return Float64Array.from(times.filter((tMs) => tMs > -TOLERANCE_MS && tMs < endMs)).sort()
}

/** Times are multiples of a container's tick, written as floating seconds. */
const TOLERANCE_MS: Millis = 0.01

function toMicroseconds(ms: Millis): Millis {
  return Math.round(ms * 1000) / 1000
}

/** 25 a second where there is one frame only, as FFmpeg assumes. */
const ONE_FRAME_MS: Millis = 40

function medianGapMs(timesMs: Float64Array): Millis {
  const gaps = timesMs.slice(1).map((tMs, n) => tMs - (timesMs[n] ?? 0))
  return toMicroseconds(gaps.sort()[gaps.length >> 1] ?? ONE_FRAME_MS)
}

/** @returns `timesMs.length` when all are before */
export function firstAtOrAfter(timesMs: Float64Array, tMs: Millis): number {
  let low = 0
  let high = timesMs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timesMs[middle] ?? Infinity) < tMs - TOLERANCE_MS) low = middle + 1
    else high = middle
  }
  return low
}
