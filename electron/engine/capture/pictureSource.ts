import type { Frame, Millis } from '../../core/frame.ts'
import type { ClassId } from '../../core/labels.ts'
import type { SourceItem } from '../../core/ports.ts'
import type { Mat } from '../native/opencv.ts'
import { FrameMaker } from './frameMaker.ts'
import type { PictureResult } from './readPicture.ts'
import { readPicture } from './readPicture.ts'
import { sourceError } from '../../contract/sourceErrors.ts'
import { DEFAULT_PICTURES_PER_SECOND } from './sourceOptions.ts'
import type { SourceOptions } from './sourceOptions.ts'

/** One picture file in its place: `seq` pictures come before it in its drive. */
export interface PictureEntry {
  readonly path: string
  readonly seq: number
  readonly truth: ClassId | undefined
}

/** Pictures that are one drive. Without a label no `drive` item announces it. */
export interface PictureDrive {
  readonly label: string | undefined
  readonly pictures: readonly PictureEntry[]
}

/**
 * Plays drives one after another; `tMs` is `seq / framesPerSecond` in each. While the reader works
 * on a picture the next one, and only that, is read and decoded.
 * @throws RoadwardError `pictures-unreadable` after the last picture when none could be decoded
 */
export async function* playPictures(
  uri: string,
  drives: readonly PictureDrive[],
  options: SourceOptions,
): AsyncGenerator<SourceItem, void> {
  const periodMs = periodOf(options)
  const maker = new FrameMaker(options)
  let decoded = 0
  let tried = 0
  let nextOriginMs: Millis = 0
  for (const drive of drives) {
    const originMs = nextOriginMs
    nextOriginMs += driveDurationMs(drive, periodMs)
    const fromMs = (options.startAtMs ?? 0) - originMs
    const pictures = drive.pictures.filter(({ seq }) => isDue(seq * periodMs, fromMs))
    if (pictures.length === 0) continue
    if (drive.label !== undefined) yield { kind: 'drive', label: drive.label, originMs }
    maker.startDrive()
    for await (const { entry, result } of readAhead(pictures, options.signal)) {
      tried++
      if (result.kind === 'problem') {
        yield result
        continue
      }
      decoded++
      const frame = makeFrame(maker, result.mat, entry.seq, entry.seq * periodMs)
      yield { kind: 'frame', frame, truth: entry.truth }
    }
    if (options.signal?.aborted === true) return
  }
  if (decoded > 0 && decoded < tried) yield skippedPictures(uri, tried - decoded, tried)
  if (tried > 0 && decoded === 0) {
    throw sourceError(
      'pictures-unreadable',
      `None of the ${tried} pictures of ${uri} could be read.`,
      'Open one in a picture viewer; copy them again if it fails too.',
    )
  }
}

/** Each was told, but who reads a hundred lines sees at the end how much is missing. */
function skippedPictures(uri: string, skipped: number, tried: number): SourceItem {
  return {
    kind: 'problem',
    problem: {
      severity: 'warning',
      code: 'pictures-skipped',
      message: `${skipped} of ${tried} pictures of ${uri} could not be read; their moments are left out.`,
      tip: 'Copy them again from where they came from.',
    },
  }
}

/** How long all drives take, one after another. */
export function picturesDurationMs(
  drives: readonly PictureDrive[],
  options: SourceOptions,
): Millis {
  const periodMs = periodOf(options)
  return drives.reduce((sum, drive) => sum + driveDurationMs(drive, periodMs), 0)
}

function driveDurationMs({ pictures }: PictureDrive, periodMs: Millis): Millis {
  return ((pictures.at(-1)?.seq ?? -1) + 1) * periodMs
}

function periodOf({ framesPerSecond }: SourceOptions): Millis {
  return 1000 / (framesPerSecond ?? DEFAULT_PICTURES_PER_SECOND)
}

function makeFrame(maker: FrameMaker, mat: Mat, seq: number, tMs: Millis): Frame {
  using owned = mat
  return maker.make(owned, seq, tMs)
}

/** A position that was rounded on its way here still finds its picture. */
function isDue(tMs: Millis, fromMs: Millis): boolean {
  return tMs >= fromMs - 0.5
}

/** A picture file and what came of reading it. */
interface ReadPicture<Entry> {
  readonly entry: Entry
  readonly result: PictureResult
}

/** Reads pictures in their order, one ahead of the reader, until the signal aborts. */
export async function* readAhead<Entry extends { readonly path: string }>(
  entries: readonly Entry[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadPicture<Entry>, void> {
  const read = async (entry: Entry): Promise<ReadPicture<Entry>> => ({
    entry,
    result: await readPicture(entry.path),
  })
  let ahead: Promise<ReadPicture<Entry>> | undefined
  try {
    for (const [index, entry] of entries.entries()) {
      if (signal?.aborted === true) return
      const current = await (ahead ?? read(entry))
      const next = entries[index + 1]
      ahead = next === undefined ? undefined : read(next)
      yield current
    }
  } finally {
    const unused = await ahead
    if (unused?.result.kind === 'mat') unused.result.mat.release()
  }
}
