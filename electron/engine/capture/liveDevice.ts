import type { Millis } from '../../core/frame.ts'
import type { SourceInfo } from '../../core/ports.ts'
import type { Mat } from '../native/opencv.ts'

/**
 * No native read may take longer: FFmpeg's I/O timeout for streams, V4L2's select timeout for
 * cameras (set in `electron/engine/native/binding.ts`). A hiccup of Wi-Fi is over by then.
 */
export const NATIVE_READ_MS: Millis = 3000

/** One opened camera or stream. */
export interface LiveDevice {
  /** The next picture, owned by the caller; undefined when the device is lost or released. */
  read(): Promise<Mat | undefined>
  /** Pictures so far that came broken and were passed over, where the device can tell. */
  readonly damaged: number
  /** May be called while a read hangs. */
  release(): void
}

/** A picture as it came from the device. */
export interface LivePicture extends Disposable {
  readonly mat: Mat
  readonly seq: number
  readonly tMs: Millis
}

/** What a device knows of itself when it opens. */
export interface LiveParts {
  readonly info: SourceInfo
  readonly device: LiveDevice
  /** Opens the same device again. @throws RoadwardError */
  readonly reopen: () => Promise<LiveDevice>
}
