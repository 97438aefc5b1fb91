import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Problem } from '../../core/ports.ts'
import type { Mat } from '../native/opencv.ts'
import { LARGEST_PICTURE_PIXELS } from '../native/binding.ts'
import { imdecode } from '../native/opencv.ts'
import { isCutJpeg } from '../../contract/jpeg.ts'
import { systemCode } from '../../contract/sourceErrors.ts'
import { pictureSize } from './pictureSize.ts'

/** Ours: the largest picture that is decoded takes 150 MB, and no sensible file of it more. */
const LARGEST_BYTES = 150_000_000

export type PictureResult =
  | { readonly kind: 'mat'; readonly mat: Mat }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** Reads and decodes one picture file off this thread. A bad one is a problem, never an exception. */
export async function readPicture(path: string): Promise<PictureResult> {
  let bytes: Uint8Array
  try {
    const found = await stat(path)
    if (!found.isFile()) return corrupt(path, 'is no file')
    if (found.size > LARGEST_BYTES) return tooLarge(path, `is a file of ${megas(found.size)} MB`)
    bytes = await readFile(path)
  } catch (thrown) {
    return unreadable(path, thrown)
  }
  if (bytes.byteLength === 0) return corrupt(path, 'is an empty file')
  // The decoder fills the missing rest of a cut JPEG with grey and says nothing.
  if (isCutJpeg(bytes)) return corrupt(path, 'ends too early')
  const size = pictureSize(bytes)
  if (size !== undefined && size.width * size.height > LARGEST_PICTURE_PIXELS) {
    const { width, height } = size
    return tooLarge(path, `has ${width}x${height}, ${megas(width * height)} million pixels`)
  }
  try {
    const mat = await imdecode(bytes)
    if (!mat.empty) return { kind: 'mat', mat }
    mat.release()
  } catch {
    // Some decoders throw where others give nothing; both mean the same.
  }
  return corrupt(path, 'cannot be decoded')
}

function megas(count: number): number {
  return Math.round(count / 1e6)
}

function tooLarge(path: string, what: string): PictureResult {
  return problem(
    'picture-too-large',
    `The picture ${path} ${what}; it is skipped.`,
    'Make it smaller; the networks see a few hundred pixels of it.',
  )
}

function unreadable(path: string, thrown: unknown): PictureResult {
  const code = systemCode(thrown)
  if (code === 'ENOENT') {
    return problem('picture-missing', `The picture ${path} is missing.`, 'Put it back.')
  }
  if (code === 'EACCES') {
    return problem(
      'picture-permission',
      `The picture ${path} may not be read by this user; it is skipped.`,
      `Run \`chmod u+r\` on ${basename(path)}, or run as its owner.`,
    )
  }
  return problem(
    'picture-unreadable',
    `The picture ${path} cannot be read (${code ?? String(thrown)}); it is skipped.`,
    'Check the disk.',
  )
}

function corrupt(path: string, how: string): PictureResult {
  return problem(
    'picture-corrupt',
    `The picture ${path} ${how}; it is skipped.`,
    'Copy it again from where it came from.',
  )
}

function problem(code: string, message: string, tip: string): PictureResult {
  return { kind: 'problem', problem: { severity: 'warning', code, message, tip } }
}
