import { existsSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FrameSource } from '../../core/ports.ts'
import { openCamera } from './cameraSource.ts'
import { checkKind } from './fileKind.ts'
import { hasGlob } from './glob.ts'
import { isPictureName, picturesInFolder, picturesOfGlob } from './pictureFiles.ts'
import { picturesDurationMs, playPictures } from './pictureSource.ts'
import { RecordedSource } from './recordedSource.ts'
import { sourceError, systemCode } from '../../contract/sourceErrors.ts'
import { checkOptions, DEFAULT_PICTURES_PER_SECOND } from './sourceOptions.ts'
import type { SourceOptions } from './sourceOptions.ts'
import { findStateFarmRoot, openStateFarm } from './stateFarmSource.ts'
import { STATE_FARM_LIST } from './stateFarmList.ts'
import { openStream } from './streamSource.ts'
import { openVideo } from './videoSource.ts'

export type { SourceOptions }

/**
 * Opens what the user named: a camera (`0`, `/dev/video0`), an RTSP or HTTP stream, a video file,
 * a folder or glob of pictures, or a State Farm folder (one that holds `driver_imgs_list.csv`).
 * The caller closes it (`await using`).
 * @throws RoadwardError with a code of `SOURCE_EXIT_CODES`, `opencv-missing` or `opencv-broken`;
 *   the signal's reason when it aborts
 */
export async function openSource(uri: string, options: SourceOptions = {}): Promise<FrameSource> {
  checkOptions(options)
  options.signal?.throwIfAborted()
  if (/^\d+$/.test(uri) && !(await isFolderOnly(uri))) {
    return await openCamera(uri, `/dev/video${uri}`, options)
  }
  if (uri.startsWith('/dev/')) return await openCamera(uri, uri, options)
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(uri)?.[1]?.toLowerCase()
  switch (scheme) {
    case undefined:
      return await openPath(uri, resolve(uri), options)
    case 'file':
      return await openPath(uri, fileURLToPath(uri), options)
    case 'rtsp':
    case 'http':
    case 'https':
      return await openStream(uri, options)
    default:
      throw sourceError(
        'scheme-unsupported',
        `Sources of the kind ${scheme}:// are not supported.`,
        'Use rtsp://, http:// or https:// for a stream, or a path.',
      )
  }
}

/** A folder may be called 2024; a camera that is there goes first. */
async function isFolderOnly(uri: string): Promise<boolean> {
  const isFolder = await stat(resolve(uri)).then(
    (found) => found.isDirectory(),
    () => false,
  )
  return isFolder && !existsSync(`/dev/video${uri}`)
}

async function openPath(uri: string, path: string, options: SourceOptions): Promise<FrameSource> {
  try {
    const found = await stat(path).catch((thrown: unknown) => {
      if (systemCode(thrown) === 'ENOENT' && hasGlob(uri)) return undefined
      throw thrown
    })
    if (found === undefined) return openPictures(uri, await picturesOfGlob(uri), options)
    checkKind(uri, found)
    await tryReading(path)
    if (found.isDirectory()) return await openFolder(uri, path, options)
    if (basename(path) === STATE_FARM_LIST) {
      return await openStateFarm(uri, dirname(path), options)
    }
    if (isPictureName(path)) return openPictures(uri, [path], options)
    return await openVideo(uri, path, options)
  } catch (thrown) {
    throw pathError(uri, thrown)
  }
}

async function openFolder(uri: string, path: string, options: SourceOptions): Promise<FrameSource> {
  const root = await findStateFarmRoot(path)
  if (root !== undefined) return await openStateFarm(uri, root, options)
  return openPictures(uri, await picturesInFolder(path), options)
}

function openPictures(uri: string, paths: readonly string[], options: SourceOptions): FrameSource {
  const pictures = paths.map((path, seq) => ({ path, seq, truth: undefined }))
  const drives = [{ label: undefined, pictures }]
  return new RecordedSource(
    {
      uri,
      kind: 'pictures',
      live: false,
      width: undefined,
      height: undefined,
      framesPerSecond: options.framesPerSecond ?? DEFAULT_PICTURES_PER_SECOND,
      frames: pictures.length,
    },
    playPictures(uri, drives, options),
    picturesDurationMs(drives, options),
  )
}

/** OpenCV gives no reason; opening the file ourselves does. */
async function tryReading(path: string): Promise<void> {
  const file = await open(path, 'r')
  await file.close()
}

/** What a failed look at a path means to the user. */
export function pathError(uri: string, thrown: unknown): unknown {
  const code = systemCode(thrown)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return sourceError(
      'source-not-found',
      `There is no file or folder ${uri}.`,
      'Check the spelling; a camera is named by its number, such as 0.',
      thrown,
    )
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return sourceError(
      'source-permission',
      `This user may not read ${uri}.`,
      'Give yourself the right to read it, or run as its owner.',
      thrown,
    )
  }
  return thrown
}
