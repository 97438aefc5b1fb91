import { createRequire } from 'node:module'
import { RoadwardError } from '../../core/errors.ts'

/**
 * The part of `@u4/opencv4nodejs` 7.1 that Roadward calls, typed by what its C++ sources do;
 * the typings it ships claim more. Every call may throw a string: go through `native`.
 */
export interface NativeMat {
  readonly rows: number
  readonly cols: number
  readonly channels: number
  /** A number, whatever the shipped typings say. */
  readonly empty: number
  getData(): Uint8Array
  getRegion(region: unknown): NativeMat
  copy(): NativeMat
  resize(rows: number, cols: number, fx: number, fy: number, interpolation: number): NativeMat
  cvtColor(code: number): NativeMat
  sobel(depth: number, dx: number, dy: number): NativeMat
  convertScaleAbs(): NativeMat
  addWeighted(alpha: number, other: NativeMat, beta: number, gamma: number): NativeMat
  flip(code: number): NativeMat
  rotate(code: number): NativeMat
  release(): void
}

/** A capture of the binding. Two overlapping `readAsync` on one of them abort the process. */
export interface NativeCapture {
  get(property: number): number
  set(property: number, value: number): boolean
  readAsync(): Promise<NativeMat>
  /** Drops this handle only: a read under way holds its own and ends undisturbed. */
  release(): void
}

/** A video writer, for fixtures. */
interface NativeWriter {
  write(mat: NativeMat): void
  release(): void
}

export interface NativeOpenCv {
  readonly Mat: new (data: Uint8Array, rows: number, cols: number, type: number) => NativeMat
  readonly Rect: new (x: number, y: number, width: number, height: number) => unknown
  readonly Size: new (width: number, height: number) => unknown
  readonly VideoCapture: new (source: string | number, backend: number) => NativeCapture
  readonly VideoWriter: (new (
    path: string,
    fourcc: number,
    framesPerSecond: number,
    size: unknown,
    color: boolean,
  ) => NativeWriter) & { fourcc(code: string): number }
  readonly version: { readonly major: number; readonly minor: number; readonly revision: number }
  imdecode(bytes: Uint8Array, flags: number): NativeMat
  imdecodeAsync(bytes: Uint8Array, flags: number): Promise<NativeMat>
  imencode(extension: string, mat: NativeMat, flags: number[]): Uint8Array
  setNumThreads(threads: number): void
  /** How OpenCV was built: its backends, one a line. */
  getBuildInformation(): string
}

/**
 * Ours: what the best phones make. One of 48 million blocks the engine's thread for 0.4 s, one of
 * 63 million for 1.3 s, which the watchdog takes for a hang (measured, busy machine).
 */
export const LARGEST_PICTURE_PIXELS = 50_000_000

let loaded: NativeOpenCv | undefined

/**
 * The binding, loaded on first use: importing this module costs nothing.
 * @throws RoadwardError `opencv-missing` when it was never compiled, `opencv-broken` when it was
 *   but cannot be loaded (OpenCV's shared libraries were removed or upgraded).
 */
export function openCv(): NativeOpenCv {
  loaded ??= loadOpenCv(import.meta.url)
  return loaded
}

/** Runs a call into the binding and turns what it throws, mostly strings, into an `Error`. */
export function native<T>(call: () => T): T {
  try {
    return call()
  } catch (thrown) {
    throw asError(thrown)
  }
}

/** The `Error` for anything thrown; the binding throws plain strings. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

const SET_UP = 'Run `npm run setup`.'

/**
 * Loads the binding as a module at `from` (a file URL or path) would find it.
 * @throws RoadwardError `opencv-missing`, `opencv-broken`
 */
export function loadOpenCv(from: string): NativeOpenCv {
  // Without the first, loading looks for an OpenCV built by the package itself. With memory
  // tracking on, asynchronous reads end in a fatal V8 check (measured, 4 of 4 runs).
  process.env['OPENCV4NODEJS_DISABLE_AUTOBUILD'] = '1'
  process.env['OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING'] = '1'
  // OpenCV and FFmpeg chat on standard error about every bad file; our own errors say it better.
  process.env['OPENCV_LOG_LEVEL'] ??= 'SILENT'
  process.env['OPENCV_FFMPEG_LOGLEVEL'] ??= '-8' // AV_LOG_QUIET
  // OpenCV refuses larger ones before it asks for their memory, which may not be there.
  process.env['OPENCV_IO_MAX_IMAGE_PIXELS'] ??= String(LARGEST_PICTURE_PIXELS)
  // A camera that stalls is given up after 3 s instead of 10: NATIVE_READ_MS in capture.
  process.env['OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT'] ??= '3'
  const require = createRequire(from)
  try {
    const packageRequire = createRequire(require.resolve('@u4/opencv4nodejs'))
    // It logs to standard output, where `--json` writes its lines.
    const build = packageRequire('@u4/opencv-build') as { Log: { silence: boolean } }
    build.Log.silence = true
    const cv = require('@u4/opencv4nodejs') as NativeOpenCv
    // One thread: the folds need the other cores, and OpenCV's pool would fight with them.
    cv.setNumThreads(1)
    return cv
  } catch (thrown) {
    throw unavailable(asError(thrown))
  }
}

function unavailable(cause: Error): RoadwardError {
  const missing = 'code' in cause && cause.code === 'MODULE_NOT_FOUND'
  return missing
    ? new RoadwardError(
        'opencv-missing',
        'OpenCV is not set up: its Node binding has not been compiled.',
        SET_UP,
        { cause },
      )
    : new RoadwardError(
        'opencv-broken',
        `OpenCV's Node binding cannot be loaded: ${firstLine(cause.message)}`,
        SET_UP,
        { cause },
      )
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text
}
