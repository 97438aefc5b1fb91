import type { FrameSource, SourceInfo } from '../../core/ports.ts'
import type { Mat } from '../native/opencv.ts'
import type { VideoCapture } from '../native/videoCapture.ts'
import { checkRegion, frameSize } from './frameMaker.ts'
import type { LiveDevice } from './liveDevice.ts'
import { LiveSource } from './liveSource.ts'
import type { SourceOptions } from './sourceOptions.ts'

/** A live source over an OpenCV capture that `open` makes, now and after every loss. */
export async function openLive(
  named: Pick<SourceInfo, 'uri' | 'kind'>,
  options: SourceOptions,
  open: () => Promise<VideoCapture>,
): Promise<FrameSource> {
  const capture = await open()
  try {
    options.signal?.throwIfAborted()
    const { width, height } = capture
    if (width !== undefined && height !== undefined) checkRegion(options, { width, height })
    const info: SourceInfo = {
      ...named,
      live: true,
      ...frameSize(options, width, height),
      framesPerSecond: usualRate(capture.framesPerSecond),
      frames: undefined,
    }
    const device = new CaptureDevice(capture)
    return new LiveSource(
      { info, device, reopen: async () => new CaptureDevice(await open()) },
      options,
    )
  } catch (thrown) {
    capture.release()
    throw thrown
  }
}

/** FFmpeg reports its own time base (90,000 and the like) for streams without a rate. */
function usualRate(framesPerSecond: number | undefined): number | undefined {
  return framesPerSecond !== undefined && framesPerSecond <= 240 ? framesPerSecond : undefined
}

class CaptureDevice implements LiveDevice {
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
