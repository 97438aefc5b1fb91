import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Millis } from '../../core/frame.ts'
import type { Mat } from '../native/opencv.ts'
import { MjpegDevice } from './mjpegDevice.ts'
import {
  fileNotStream,
  noPictures,
  refusedStream,
  silentStream,
  unreachable,
} from './streamErrors.ts'
import { parseUrl } from './streamProbe.ts'

/** An MJPEG camera that has shown its first picture, which the caller owns. */
export interface OpenedMjpeg {
  readonly device: MjpegDevice
  readonly first: Mat
}

/**
 * Asks an HTTP camera for its stream, and waits for its first picture; nothing of it blocks.
 *
 * @returns undefined for an answer that is no MJPEG, which FFmpeg may understand
 * @throws RoadwardError `stream-unreachable`, `stream-refused`, `stream-unauthorised`,
 *   `stream-is-file`, `source-timeout`; the signal's reason when it aborts
 */
export async function openMjpeg(
  uri: string,
  timeoutMs: Millis,
  signal: AbortSignal | undefined,
): Promise<OpenedMjpeg | undefined> {
  signal?.throwIfAborted()
  const deadline = AbortSignal.timeout(timeoutMs)
  const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline])
  const response = await ask(parseUrl(uri), either).catch((thrown: unknown) => {
    signal?.throwIfAborted()
    throw deadline.aborted ? silentStream(uri, timeoutMs) : unreachable(uri, thrown)
  })
  const boundary = boundaryOf(uri, response)
  if (boundary === undefined) {
    response.destroy()
    return undefined
  }
  const device = new MjpegDevice(response, boundary)
  const giveUp = (): void => {
    device.release()
  }
  either.addEventListener('abort', giveUp, { once: true })
  const first = await device.read()
  either.removeEventListener('abort', giveUp)
  if (first !== undefined && !either.aborted) return { device, first }
  first?.release()
  device.release()
  signal?.throwIfAborted()
  throw noPictures(uri, timeoutMs)
}

/** The head of the answer; its body follows as it comes. */
function ask(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const { username, password } = url
  const auth =
    username === '' ? undefined : `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return new Promise((resolve, reject) => {
    const options = {
      auth,
      signal,
      agent: false,
      headers: { accept: 'multipart/x-mixed-replace, */*' },
      // Cameras sign their own certificates, and FFmpeg does not check them either.
      rejectUnauthorized: false,
    }
    const start = url.protocol === 'https:' ? requestHttps : requestHttp
    start(url, options, resolve).on('error', reject).end()
  })
}

/**
 * @returns the boundary of a stream of pictures; undefined where FFmpeg should try: redirections,
 *   logins that are not plain, other formats
 * @throws RoadwardError for what no program can watch
 */
function boundaryOf(uri: string, response: IncomingMessage): string | undefined {
  const { statusCode = 200, headers } = response
  const type = headers['content-type'] ?? ''
  const digest = /^digest/i.test(headers['www-authenticate'] ?? '')
  if (statusCode >= 400 && !digest) {
    response.destroy()
    throw refusedStream(uri, statusCode)
  }
  if (statusCode !== 200) return undefined
  if (/^(?:video|image)\//i.test(type) && headers['content-length'] !== undefined) {
    response.destroy()
    throw fileNotStream(uri)
  }
  const [, quoted, plain] =
    /^multipart\/x-mixed-replace;.*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? []
  return quoted ?? plain
}
