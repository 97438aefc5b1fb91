import type { FrameSource, SourceInfo } from '../../core/ports.ts'
import type { Mat } from '../native/opencv.ts'
import type { VideoCapture } from '../native/videoCapture.ts'
import { checkRegion, frameSize } from './frameMaker.ts'
import type { LiveDevice } from './liveDevice.ts'
import { LiveSource } from './liveSource.ts'
import type { SourceOptions } from './sourceOptions.ts'

/** A device that has just been opened, with what it says of itself. */
export interface OpenedDevice {
  readonly device: LiveDevice
  readonly width: number | undefined
  readonly height: number | undefined
  readonly framesPerSecond: number | undefined
}

/** A live source over a device that `open` makes, now and after every loss. */
export async function openLive(
  named: Pick<SourceInfo, 'uri' | 'kind'>,
  options: SourceOptions,
  open: () => Promise<OpenedDevice>,
): Promise<FrameSource> {
  const { device, width, height, framesPerSecond } = await open()
  try {
    options.signal?.throwIfAborted()
    if (width !== undefined && height !== undefined) checkRegion(options, { width, height })
    const info: SourceInfo = {
      ...named,
      live: true,
      ...frameSize(options, width, height),
      framesPerSecond: usualRate(framesPerSecond),
      frames: undefined,
    }
    return new LiveSource({ info, device, reopen: async () => (await open()).device }, options)
  } catch (thrown) {
    device.release()
    throw thrown
  }
}

/** FFmpeg reports its own time base (90,000 and the like) for streams without a rate. */
function usualRate(framesPerSecond: number | undefined): number | undefined {
  return framesPerSecond !== undefined && framesPerSecond <= 240 ? framesPerSecond : undefined
}

/** What OpenCV captures from, as a device. */
export function captureDevice(capture: VideoCapture): OpenedDevice {
  const { width, height, framesPerSecond } = capture
  return { device: new CaptureDevice(capture), width, height, framesPerSecond }
}

class CaptureDevice implements LiveDevice {
  readonly damaged = 0
  readonly #capture: VideoCapture

  constructor(capture: VideoCapture) {
    this.#capture = capture
  }

  async read(): Promise<Mat | undefined> {
    return (await this.#capture.read())?.mat
  }

  release(): void {
    this.#capture.release()
  }
}
