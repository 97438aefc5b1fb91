import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Frame } from '../../core/frame.ts'
import type { Problem } from '../../core/ports.ts'
import { FrameMaker } from './frameMaker.ts'
import { hasGlob } from './glob.ts'
import { pathError } from './openSource.ts'
import { picturesInFolder, picturesOfGlob } from './pictureFiles.ts'
import { readAhead } from './pictureSource.ts'
import { systemCode } from '../../contract/sourceErrors.ts'

/** What became of one picture file. */
export type StreamedPicture =
  | { readonly kind: 'frame'; readonly frame: Frame }
  | { readonly kind: 'problem'; readonly problem: Problem }

/**
 * The picture files of a folder (not of folders below it) or of a glob, in natural order. Unlike
 * `openSource` it never takes a folder for a State Farm set: every picture is one of many.
 * @throws RoadwardError `source-not-found`, `source-permission`, `folder-empty`,
 *   `folder-without-pictures`, `glob-without-match`
 */
export async function listPictures(uri: string): Promise<readonly string[]> {
  const path = resolve(uri)
  try {
    await stat(path)
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT' && hasGlob(uri)) return await picturesOfGlob(uri)
    throw pathError(uri, thrown)
  }
  try {
    return await picturesInFolder(path)
  } catch (thrown) {
    throw pathError(uri, thrown)
  }
}

/** One item a picture, in the order of `paths`; fewer when the signal aborts. */
export async function* streamPictures(
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<StreamedPicture, void> {
  const maker = new FrameMaker({})
  let seq = 0
  const entries = paths.map((path) => ({ path }))
  for await (const { result } of readAhead(entries, signal)) {
    if (result.kind === 'mat') {
      using mat = result.mat
      yield { kind: 'frame', frame: maker.make(mat, seq, 0) }
    } else yield result
    seq += 1
  }
}
