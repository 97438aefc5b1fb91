import { asError, native, openCv } from './binding.ts'
import type { NativeCapture } from './binding.ts'
import { Mat } from './opencv.ts'

/** One picture out of a capture, with where it stands. The reader releases `mat`. */
export interface Reading {
  readonly mat: Mat
  /** Time of this picture in the container, milliseconds; 0 where the container gives none. */
  readonly positionMs: number
  /** Number of pictures up to and including this one, by the container's frame rate. */
  readonly positionFrames: number
}

// Values of OpenCV's videoio.hpp.
const BACKEND = { ffmpeg: 1900, v4l2: 200 } as const
const CAP_PROP_POS_MSEC = 0
const CAP_PROP_POS_FRAMES = 1
const CAP_PROP_FRAME_WIDTH = 3
const CAP_PROP_FRAME_HEIGHT = 4
const CAP_PROP_FPS = 5
const CAP_PROP_FRAME_COUNT = 7
const CAP_PROP_ORIENTATION_AUTO = 49

const FFMPEG_OPTIONS = 'OPENCV_FFMPEG_CAPTURE_OPTIONS'

/**
 * OpenCV's VideoCapture with its calls in single file: two overlapping reads on one capture abort
 * the process. `release` may come at any time, also while a read hangs in a driver: the native
 * read holds its own reference, ends undisturbed, and its picture is freed.
 */
export class VideoCapture implements Disposable {
  readonly #capture: NativeCapture
  readonly width: number | undefined
  readonly height: number | undefined
  readonly framesPerSecond: number | undefined
  /** Announced by the container, often estimated, never a promise. */
  readonly frames: number | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #released = false

  /**
   * Opens now and on this thread, however long that takes: callers make sure first that the file
   * exists or that the peer answers, and bound the rest by FFmpeg's own time limits.
   * @param ffmpegOptions `name;value|name;value`, as OPENCV_FFMPEG_CAPTURE_OPTIONS wants them
   * @throws Error `VideoCapture::New - failed to open capture`, whatever the reason was
   */
  constructor(source: string, backend: keyof typeof BACKEND, ffmpegOptions?: string) {
    const cv = openCv()
    const before = process.env[FFMPEG_OPTIONS]
    // Read by OpenCV while it opens, and opening blocks: no other capture can see this value.
    if (ffmpegOptions !== undefined) process.env[FFMPEG_OPTIONS] = ffmpegOptions
    try {
      this.#capture = native(() => new cv.VideoCapture(source, BACKEND[backend]))
    } finally {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- assigning stores 'undefined'
      if (before === undefined) delete process.env[FFMPEG_OPTIONS]
      else process.env[FFMPEG_OPTIONS] = before
    }
    // Versions turn portrait recordings differently, some of them upside down: the reader does it.
    if (backend === 'ffmpeg') native(() => this.#capture.set(CAP_PROP_ORIENTATION_AUTO, 0))
    this.width = positive(this.#capture.get(CAP_PROP_FRAME_WIDTH))
    this.height = positive(this.#capture.get(CAP_PROP_FRAME_HEIGHT))
    this.framesPerSecond = positive(this.#capture.get(CAP_PROP_FPS))
    this.frames = positive(this.#capture.get(CAP_PROP_FRAME_COUNT))
  }

  /** The next picture; undefined at the end, when the source is lost, or after `release`. */
  read(): Promise<Reading | undefined> {
    return this.#enqueue(async () => {
      const mat = new Mat(await this.#capture.readAsync())
      if (mat.empty || this.#released) {
        mat.release()
        return undefined
      }
      return {
        mat,
        positionMs: this.#capture.get(CAP_PROP_POS_MSEC),
        positionFrames: this.#capture.get(CAP_PROP_POS_FRAMES),
      }
    })
  }

  /** Makes the next picture the one at `positionMs`, or near it where the container is odd. */
  async seek(positionMs: number): Promise<void> {
    await this.#enqueue(() => Promise.resolve(this.#capture.set(CAP_PROP_POS_MSEC, positionMs)))
  }

  release(): void {
    if (this.#released) return
    this.#released = true
    this.#capture.release()
  }

  [Symbol.dispose](): void {
    this.release()
  }

  #enqueue<T>(job: () => Promise<T>): Promise<T | undefined> {
    const result = this.#queue.then(async () => {
      if (this.#released) return undefined
      try {
        return await job()
      } catch (thrown) {
        throw asError(thrown)
      }
    })
    this.#queue = result.catch(() => undefined)
    return result
  }
}

function positive(value: number): number | undefined {
  return Number.isFinite(value) && value > 0 ? value : undefined
}
