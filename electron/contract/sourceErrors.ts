import { RoadwardError } from '../core/errors.ts'

/**
 * Why a source could not be opened, or could not go on, and how a command exits on it.
 *
 * | exit code | meaning |
 * |---|---|
 * | 1 | the arguments make sense, the world does not play along |
 * | 2 | the arguments themselves are wrong |
 */
export const SOURCE_EXIT_CODES = {
  /** No file, folder or device of that name. */
  'source-not-found': 1,
  /** A pipe, a socket or a device. */
  'source-not-a-file': 1,
  /** It is there, but this user may not read it. */
  'source-permission': 1,
  /** Opening took longer than `openTimeoutMs`. */
  'source-timeout': 1,
  /** A folder or file list with nothing in it. */
  'folder-empty': 1,
  /** A folder with files, none of them a picture. */
  'folder-without-pictures': 1,
  /** A glob that fits no picture. */
  'glob-without-match': 1,
  /** Every picture was missing or broken. */
  'pictures-unreadable': 1,
  /** A video file of zero bytes. */
  'video-empty': 1,
  /** A file that no video decoder wants, or without a single picture. */
  'not-a-video': 1,
  /** A raw stream of pictures, and nobody has said how many make a second. */
  'video-without-clock': 2,
  /** OpenCV gave up in the middle of a video. */
  'video-undecodable': 1,
  /** `driver_imgs_list.csv` is not what it should be; the message names the line. */
  'statefarm-csv': 1,
  /** The list is there, the pictures are not. */
  'statefarm-without-pictures': 1,
  /** Several State Farm folders below the one named. */
  'statefarm-ambiguous': 2,
  /** A driver who is not in the list. */
  'statefarm-driver': 2,
  /** No such camera; the message names those found. */
  'camera-missing': 1,
  /** The camera is there, but not for this user. */
  'camera-permission': 1,
  /** The camera does not start: in use elsewhere, or not a capture device. */
  'camera-unusable': 1,
  /** No connection: wrong name, host down, port closed. */
  'stream-unreachable': 1,
  /** The host answers that it does not know this stream, or refuses it. */
  'stream-refused': 1,
  /** The host wants a user and a password. */
  'stream-unauthorised': 1,
  /** A read that does not come back; only a new process can open the device again. */
  'source-hung': 1,
  /** A recording or single picture on a web server. */
  'stream-is-file': 1,
  /** It answers, but no picture can be decoded from what it sends. */
  'stream-unusable': 1,
  /** The region of interest does not lie inside the picture. */
  'region-outside': 2,
  /** An option with a value that cannot be. */
  'option-invalid': 2,
  /** A URL scheme that is not supported. */
  'scheme-unsupported': 2,
} as const satisfies Record<string, 1 | 2>

export type SourceErrorCode = keyof typeof SOURCE_EXIT_CODES

/** A `RoadwardError` with a code of the table. */
export function sourceError(
  code: SourceErrorCode,
  message: string,
  tip: string,
  cause?: unknown,
): RoadwardError {
  return new RoadwardError(code, message, tip, cause === undefined ? {} : { cause })
}

/** The `code` of a failed system call, such as `ENOENT`. */
export function systemCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}
