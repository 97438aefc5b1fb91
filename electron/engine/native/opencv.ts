import { asError, native, openCv } from './binding.ts'
import type { NativeMat } from './binding.ts'

/**
 * A picture in OpenCV's own memory, invisible to the garbage collector: whoever gets one releases
 * it, best with `using`. Left to the collector, 4,000 frames took 4.2 GB (measured).
 */
export class Mat implements Disposable {
  readonly #mat: NativeMat

  /** Takes ownership of `mat`. */
  constructor(mat: NativeMat) {
    this.#mat = mat
  }

  get width(): number {
    return this.#mat.cols
  }

  get height(): number {
    return this.#mat.rows
  }

  get channels(): number {
    return this.#mat.channels
  }

  /** True for what a capture gives at the end of its source, and for undecodable pictures. */
  get empty(): boolean {
    return this.#mat.rows === 0 || this.#mat.cols === 0
  }

  /** A copy of the samples, HWC, rows without padding. Bytes, also where a sample has more. */
  toPixels(): Uint8Array {
    return native(() => this.#mat.getData())
  }

  /** For the functions of this folder only. */
  get native(): NativeMat {
    return this.#mat
  }

  /** Frees the memory now. May be called twice. */
  release(): void {
    this.#mat.release()
  }

  [Symbol.dispose](): void {
    this.release()
  }
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Region extends Size {
  readonly x: number
  readonly y: number
}

// Values of OpenCV 4's own enumerations (imgproc.hpp, core/hal/interface.h, imgcodecs.hpp).
const INTERPOLATION = { nearest: 0, linear: 1, cubic: 2, area: 3 } as const
const COLOR = { 'bgr-to-rgb': 4, 'rgb-to-bgr': 4, 'bgr-to-grey': 6, 'grey-to-bgr': 8 } as const
const ROTATION = { 90: 0, 180: 1, 270: 2 } as const
const CV_8U = 0
const CV_16S = 3
const FLIP_LEFT_RIGHT = 1
const IMREAD_COLOR = 1
const IMWRITE_JPEG_QUALITY = 1
/** OpenCV packs a Mat's type as depth + (channels - 1) * 8. */
const CHANNEL_STEP = 8

/** Clockwise degrees. */
export type Orientation = 0 | 90 | 180 | 270

export type Interpolation = keyof typeof INTERPOLATION

/**
 * A Mat of unsigned bytes with a copy of `pixels`, HWC, rows without padding.
 * @throws RangeError when `pixels` does not hold exactly `width * height * channels` bytes.
 */
export function matFromPixels(
  pixels: Uint8Array,
  width: number,
  height: number,
  channels = 3,
): Mat {
  // The binding copies that many bytes without looking, past the end if it must.
  if (pixels.byteLength !== width * height * channels) {
    throw new RangeError(
      `${pixels.byteLength} bytes are not a ${width}x${height} picture with ${channels} channels`,
    )
  }
  const type = CV_8U + (channels - 1) * CHANNEL_STEP
  return wrap(() => new (openCv().Mat)(pixels, height, width, type))
}

export function resize(mat: Mat, size: Size, interpolation: Interpolation): Mat {
  return wrap(() => mat.native.resize(size.height, size.width, 0, 0, INTERPOLATION[interpolation]))
}

export function cvtColor(mat: Mat, conversion: keyof typeof COLOR): Mat {
  return wrap(() => mat.native.cvtColor(COLOR[conversion]))
}

/** First derivative along one axis, 3x3 kernel, signed 16-bit samples (`CV_16S`). */
export function sobel(mat: Mat, axis: 'x' | 'y'): Mat {
  return wrap(() => mat.native.sobel(CV_16S, axis === 'x' ? 1 : 0, axis === 'y' ? 1 : 0))
}

/** Absolute values as unsigned bytes, saturated at 255. */
export function convertScaleAbs(mat: Mat): Mat {
  return wrap(() => mat.native.convertScaleAbs())
}

/** `a * alpha + b * beta`, saturated. */
export function addWeighted(a: Mat, alpha: number, b: Mat, beta: number): Mat {
  return wrap(() => a.native.addWeighted(alpha, b.native, beta, 0))
}

/** The mirror image: left becomes right. */
export function mirror(mat: Mat): Mat {
  return wrap(() => mat.native.flip(FLIP_LEFT_RIGHT))
}

/** Turned clockwise by so many degrees. */
export function rotate(mat: Mat, degrees: keyof typeof ROTATION): Mat {
  return wrap(() => mat.native.rotate(ROTATION[degrees]))
}

/** A copy of one region, which must lie inside; a bare region cannot give its pixels. */
export function copyRegion(mat: Mat, region: Region): Mat {
  return wrap(() => {
    const { x, y, width, height } = region
    const view = mat.native.getRegion(new (openCv().Rect)(x, y, width, height))
    try {
      return view.copy()
    } finally {
      view.release()
    }
  })
}

/** The binding keeps a bare pointer into these while it decodes: this keeps them alive. */
const decoding = new Set<Uint8Array>()

/**
 * Decodes JPEG, PNG, BMP, WebP or TIFF to BGR, turned upright by EXIF, on another thread.
 * The Mat is `empty` where the bytes are no picture.
 * @throws Error for no bytes at all.
 */
export async function imdecode(bytes: Uint8Array): Promise<Mat> {
  decoding.add(bytes)
  try {
    return new Mat(await openCv().imdecodeAsync(bytes, IMREAD_COLOR))
  } catch (thrown) {
    throw asError(thrown)
  } finally {
    decoding.delete(bytes)
  }
}

/** As `imdecode`, but now, on this thread: for small pictures and scripts. */
export function imdecodeSync(bytes: Uint8Array): Mat {
  return wrap(() => openCv().imdecode(bytes, IMREAD_COLOR))
}

/** JPEG bytes of a BGR or grey picture. `quality` from 1 to 100. */
export function imencodeJpeg(mat: Mat, quality: number): Uint8Array {
  return native(() => openCv().imencode('.jpg', mat.native, [IMWRITE_JPEG_QUALITY, quality]))
}

function wrap(make: () => NativeMat): Mat {
  return new Mat(native(make))
}
