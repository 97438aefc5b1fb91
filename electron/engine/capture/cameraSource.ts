import { constants, open } from 'node:fs/promises'
import type { FrameSource } from '../../core/ports.ts'
import { asError } from '../native/binding.ts'
import { VideoCapture } from '../native/videoCapture.ts'
import type { Camera, CameraFolders } from './cameras.ts'
import { listCameras, VIDEO_GROUP_TIP } from './cameras.ts'
import { blocking } from './blocking.ts'
import { captureDevice, openLive } from './openLive.ts'
import { sourceError, systemCode } from '../../contract/sourceErrors.ts'
import type { SourceOptions } from './sourceOptions.ts'

/**
 * A camera of this computer, over V4L2. Opening blocks this thread for as long as the driver
 * takes, about 0.1 to 1 s with USB cameras.
 * @param path its device, such as `/dev/video0`
 * @throws RoadwardError `camera-missing`, `camera-permission`, `camera-unusable`
 */
export async function openCamera(
  uri: string,
  path: string,
  options: SourceOptions,
  folders?: CameraFolders,
): Promise<FrameSource> {
  return await openLive({ uri, kind: 'camera' }, options, async () => {
    await tryDevice(path, folders)
    try {
      return captureDevice(blocking(options, () => new VideoCapture(path, 'v4l2')))
    } catch (thrown) {
      throw sourceError(
        'camera-unusable',
        `The camera ${path} does not start.`,
        'Close other programs that use it, or choose another camera.',
        asError(thrown),
      )
    }
  })
}

/** OpenCV says nothing about why it cannot open a device; the system does. */
async function tryDevice(path: string, folders: CameraFolders | undefined): Promise<void> {
  try {
    const device = await open(path, constants.O_RDWR | constants.O_NONBLOCK)
    await device.close()
  } catch (thrown) {
    const code = systemCode(thrown)
    if (code === 'ENOENT') throw missing(path, await listCameras(folders))
    if (code === 'EACCES' || code === 'EPERM') {
      throw sourceError(
        'camera-permission',
        `This user may not use the camera ${path}.`,
        VIDEO_GROUP_TIP,
        thrown,
      )
    }
    // Anything else OpenCV meets as well.
  }
}

function missing(path: string, cameras: readonly Camera[]): Error {
  const found = cameras.map(({ index, name }) => `${index} (${name})`).join(', ')
  return sourceError(
    'camera-missing',
    `There is no camera ${path}.`,
    found === '' ? 'No camera was found: plug one in.' : `Choose one of: ${found}.`,
  )
}
