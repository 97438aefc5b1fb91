import { shownAddress } from '../../contract/address.ts'
import type { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'
import { sourceError, systemCode } from '../../contract/sourceErrors.ts'

/** Why a stream cannot be watched, in words; each takes the address as the user gave it. */

export function unreachable(uri: string, thrown: unknown): RoadwardError {
  const words = thrown instanceof Error ? thrown.message : String(thrown)
  const reason = REASONS[systemCode(thrown) ?? ''] ?? words
  return sourceError(
    'stream-unreachable',
    `The stream ${shownAddress(uri)} cannot be reached: ${reason} (${hostOf(uri)}).`,
    'Check the address, and that the camera is switched on and in the same network.',
    thrown,
  )
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens on that port',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name cannot be looked up',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no network',
  ECONNRESET: 'it hung up',
}

export function silentStream(uri: string, timeoutMs: Millis): RoadwardError {
  return sourceError(
    'source-timeout',
    `The stream ${shownAddress(uri)} does not answer within ${timeoutMs / 1000} s.`,
    'Check that the camera is switched on, and its address.',
  )
}

/** @param status of HTTP or RTSP, 400 or above */
export function refusedStream(uri: string, status: number, cause?: unknown): RoadwardError {
  if (status === 401 || status === 403) {
    return sourceError(
      'stream-unauthorised',
      `The stream ${shownAddress(uri)} is not open to everyone (status ${status}).`,
      'Put the right user and password into the URL: rtsp://user:password@host/path.',
      cause,
    )
  }
  return sourceError(
    'stream-refused',
    `The host ${hostOf(uri)} refuses the stream ${shownAddress(uri)} (status ${status}).`,
    'Check the path of the URL in the manual of the camera.',
    cause,
  )
}

export function fileNotStream(uri: string): RoadwardError {
  return sourceError(
    'stream-is-file',
    `The address ${shownAddress(uri)} gives a file, not a live stream.`,
    'Download the file and name it, or use the address of the MJPEG stream.',
  )
}

export function noPictures(uri: string, timeoutMs: Millis): RoadwardError {
  return sourceError(
    'stream-unusable',
    `The camera ${shownAddress(uri)} answers, but sends no picture within ${timeoutMs / 1000} s.`,
    'Switch the camera off and on; check in a browser that its stream moves.',
  )
}

function hostOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).host : uri
}
