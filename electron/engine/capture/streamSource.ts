import { shownAddress } from '../../contract/address.ts'
import type { FrameSource } from '../../core/ports.ts'
import { asError } from '../native/binding.ts'
import { VideoCapture } from '../native/videoCapture.ts'
import { NATIVE_READ_MS } from './liveDevice.ts'
import { blocking } from './blocking.ts'
import { captureDevice, openLive, type OpenedDevice } from './openLive.ts'
import { DEFAULT_OPEN_TIMEOUT_MS } from './sourceOptions.ts'
import type { SourceOptions } from './sourceOptions.ts'
import { systemTiming } from './timing.ts'
import { openMjpeg, type OpenedMjpeg } from './mjpegStream.ts'
import { explainRefusal, probeStream } from './streamProbe.ts'

/** Less would give up healthy streams: one key frame interval of most cameras. */
const SHORTEST_IO_MS = 1000

/**
 * An RTSP or HTTP stream. MJPEG over HTTP is read by Node; the rest by FFmpeg, whose opening blocks
 * this thread, for 0.1 to 1 s with a healthy stream, and with one that falls silent in between for
 * what is left of `openTimeoutMs` (1 to 3 s).
 * @throws RoadwardError `stream-unreachable`, `stream-refused`, `stream-unauthorised`,
 *   `stream-unusable`, `stream-is-file`, `source-timeout`
 */
export async function openStream(uri: string, options: SourceOptions): Promise<FrameSource> {
  const shown = shownAddress(uri)
  return await openLive({ uri: shown, kind: 'stream' }, options, () => openDevice(uri, options))
}

async function openDevice(uri: string, options: SourceOptions): Promise<OpenedDevice> {
  const timeoutMs = options.openTimeoutMs ?? DEFAULT_OPEN_TIMEOUT_MS
  const timing = options.timing ?? systemTiming
  const deadlineMs = timing.now() + timeoutMs
  if (uri.startsWith('rtsp:')) await probeStream(uri, timeoutMs, options.signal)
  else {
    const mjpeg = await openMjpeg(uri, timeoutMs, options.signal)
    if (mjpeg !== undefined) return mjpegDevice(mjpeg)
  }
  const leftMs = Math.max(SHORTEST_IO_MS, deadlineMs - timing.now())
  const limits = ffmpegOptions(Math.min(NATIVE_READ_MS, leftMs))
  try {
    return captureDevice(blocking(options, () => new VideoCapture(uri, 'ffmpeg', limits)))
  } catch (thrown) {
    throw await explainRefusal(uri, asError(thrown))
  }
}

function mjpegDevice({ device, first }: OpenedMjpeg): OpenedDevice {
  const { width, height } = first
  return { device: device.beginningWith(first), width, height, framesPerSecond: undefined }
}

/** Names as FFmpeg 5 (Debian 12) and 7 (Debian 13) know them, checked against silent servers. */
function ffmpegOptions(ioTimeoutMs: number): string {
  const microseconds = Math.round(ioTimeoutMs * 1000)
  return [
    // Over UDP, lost packets smear the picture; OpenCV's default too, until options are given.
    'rtsp_transport;tcp',
    // Bounds every single wait for the peer, in opening and in reading.
    `timeout;${microseconds}`,
    `rw_timeout;${microseconds}`,
    // FFmpeg otherwise watches a stream for up to 5 s to learn its rate, which nobody needs here.
    'analyzeduration;500000',
    'fpsprobesize;2',
    'fflags;nobuffer',
  ].join('|')
}
