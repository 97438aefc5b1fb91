import { shownAddress } from '../../contract/address.ts'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Socket } from 'node:net'
import type { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'
import { sourceError } from '../../contract/sourceErrors.ts'
import { refusedStream, silentStream, unreachable } from './streamErrors.ts'

const PORTS = { 'rtsp:': 554, 'http:': 80, 'https:': 443 } as const

/** The host has just answered; it will not need longer for the second time. */
const EXPLAIN_MS: Millis = 1000

/** Far longer than any real head; an answer without an end is not waited for. */
const LONGEST_HEAD = 16_384

/**
 * Makes sure, without blocking, that an RTSP host answers: OpenCV can only open a stream on this
 * very thread. It asks nothing that would start the stream, as some cameras have room for one viewer.
 * @throws RoadwardError `stream-unreachable`, `source-timeout`; the signal's reason when it aborts
 */
export async function probeStream(
  uri: string,
  timeoutMs: Millis,
  signal: AbortSignal | undefined,
): Promise<void> {
  await answerHead(parseUrl(uri), 'OPTIONS', shownAddress(uri), timeoutMs, signal)
}

/** Asks for the stream that OpenCV could not open, to learn why: it does not tell. */
export async function explainRefusal(uri: string, cause: Error): Promise<RoadwardError> {
  const url = parseUrl(uri)
  const shown = shownAddress(uri)
  const method = url.protocol === 'rtsp:' ? 'DESCRIBE' : 'GET'
  const head = await answerHead(url, method, shown, EXPLAIN_MS, undefined).catch(() => '')
  const status = Number(/^(?:RTSP|HTTP)\/\d\.\d (\d{3})/.exec(head)?.[1] ?? 200)
  if (status < 200 || status >= 400) return refusedStream(uri, status, cause)
  return sourceError(
    'stream-unusable',
    `The stream ${shown} answers, but no picture can be decoded from it.`,
    'Open it in a media player; use its MJPEG or H.264 address.',
    cause,
  )
}

export function parseUrl(uri: string): URL {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  if (url !== undefined && url.hostname !== '') return url
  throw sourceError(
    'option-invalid',
    `${shownAddress(uri)} is not a URL.`,
    'Write rtsp://host:port/path.',
  )
}

/** The head of the answer, up to its empty line; empty when the host hangs up without one. */
function answerHead(
  url: URL,
  method: Method,
  shown: string,
  timeoutMs: Millis,
  signal: AbortSignal | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = dial(url)
    let answer = ''
    const finish = (settle: () => void): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      socket.destroy()
      settle()
    }
    const fail = (error: unknown): void => {
      finish(() => {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason is anything
        reject(error)
      })
    }
    const onAbort = (): void => {
      fail(signal?.reason)
    }
    const timer = setTimeout(() => {
      fail(silentStream(shown, timeoutMs))
    }, timeoutMs)
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.on('connect', () => socket.write(request(url, method)))
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1')
      const end = answer.search(/\r?\n\r?\n/)
      if (end === -1 && answer.length < LONGEST_HEAD) return
      finish(() => {
        resolve(end === -1 ? answer : answer.slice(0, end))
      })
    })
    socket.on('error', (error) => {
      fail(unreachable(shown, error))
    })
    // Some cameras hang up on requests they do not know, and are alive all the same.
    socket.on('end', () => {
      finish(() => {
        resolve('')
      })
    })
  })
}

function dial(url: URL): Socket {
  const scheme = url.protocol as keyof typeof PORTS
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? PORTS[scheme] : Number(url.port)
  // Cameras sign their own certificates and FFmpeg does not check them either; nothing secret is
  // sent here.
  return scheme === 'https:'
    ? connectTls({ host, port, servername: host, rejectUnauthorized: false })
    : connect({ host, port })
}

type Method = 'OPTIONS' | 'DESCRIBE' | 'GET'

function request(url: URL, method: Method): string {
  const path = `${url.pathname}${url.search}`
  return url.protocol === 'rtsp:'
    ? `${method} rtsp://${url.host}${path} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n`
    : `${method} ${path} HTTP/1.1\r\nHost: ${url.host}\r\nAccept: */*\r\nConnection: close\r\n\r\n`
}
