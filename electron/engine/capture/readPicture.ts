import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Problem } from '../../core/ports.ts'
import type { Mat } from '../native/opencv.ts'
import { imdecode } from '../native/opencv.ts'
import { systemCode } from '../../contract/sourceErrors.ts'

export type PictureResult =
  | { readonly kind: 'mat'; readonly mat: Mat }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** Reads and decodes one picture file off this thread. A bad one is a problem, never an exception. */
export async function readPicture(path: string): Promise<PictureResult> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (thrown) {
    return unreadable(path, thrown)
  }
  if (bytes.byteLength === 0) return corrupt(path, 'is an empty file')
  // The decoder fills the missing rest of a cut JPEG with grey and says nothing.
  if (isCutJpeg(bytes)) return corrupt(path, 'ends too early')
  try {
    const mat = await imdecode(bytes)
    if (!mat.empty) return { kind: 'mat', mat }
    mat.release()
  } catch {
    // Some decoders throw where others give nothing; both mean the same.
  }
  return corrupt(path, 'cannot be decoded')
}

const FF = 0xff
const START_OF_IMAGE = 0xd8
const START_OF_SCAN = 0xda
const END_OF_IMAGE = 0xd9

/**
 * True for a JPEG without an end after its last scan (ITU-T T.81, B.1.1.3: inside a scan 0xFF is
 * followed by 0x00 or a restart marker, so neither marker can occur there by chance).
 */
export function isCutJpeg(bytes: Uint8Array): boolean {
  if (bytes[0] !== FF || bytes[1] !== START_OF_IMAGE) return false
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lastScan = view.lastIndexOf(Buffer.of(FF, START_OF_SCAN))
  return lastScan === -1 || !view.includes(Buffer.of(FF, END_OF_IMAGE), lastScan)
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
