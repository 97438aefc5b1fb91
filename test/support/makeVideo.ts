import { native, openCv } from '../../electron/engine/native/binding.ts'
import { matFromPixels } from '../../electron/engine/native/opencv.ts'

/** A made-up recording: frame `n` is flat grey of level `levelOf(n)`, so that its number can be read. */
export interface MadeVideo {
  readonly path: string
  readonly frames: number
  readonly framesPerSecond: number
  readonly width?: number
  readonly height?: number
  /** `mp4v` for .mp4, `MJPG` for .avi, `avc1` for H.264. */
  readonly fourcc?: string
  /** BGR pixels of frame `n`, instead of flat grey. */
  readonly pictureOf?: (n: number) => Uint8Array
}

export function makeVideo({
  path,
  frames,
  framesPerSecond,
  width = 160,
  height = 120,
  fourcc = 'mp4v',
  pictureOf = (n) => flatPicture(width, height, levelOf(n)),
}: MadeVideo): void {
  const cv = openCv()
  const code = cv.VideoWriter.fourcc(fourcc)
  const size = new cv.Size(width, height)
  const writer = native(() => new cv.VideoWriter(path, code, framesPerSecond, size, true))
  try {
    for (let n = 0; n < frames; n++) {
      using mat = matFromPixels(pictureOf(n), width, height)
      writer.write(mat.native)
    }
  } finally {
    writer.release()
  }
}

/** Grey levels far enough apart to survive a codec: 16, 32, ... 240, and again. */
export function levelOf(frame: number): number {
  return 16 + (frame % 15) * 16
}

export function flatPicture(width: number, height: number, level: number): Uint8Array {
  return new Uint8Array(width * height * 3).fill(level)
}
