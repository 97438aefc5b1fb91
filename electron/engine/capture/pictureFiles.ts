import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { globRegExp, hasGlob } from './glob.ts'
import { sourceError } from '../../contract/sourceErrors.ts'

/** What OpenCV's own decoders read on Debian. */
const PICTURE = /\.(jpe?g|jpe|png|bmp|dib|webp|tiff?|ppm|pgm|pbm)$/i

const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

export function isPictureName(name: string): boolean {
  return PICTURE.test(name)
}

/** What a link leads to is looked at when it is read. */
function isFile(entry: Dirent): boolean {
  return entry.isFile() || entry.isSymbolicLink()
}

/**
 * The pictures of one folder, not of folders below it, in natural order (`img_2` before `img_10`).
 * @throws RoadwardError `folder-empty`, `folder-without-pictures`
 */
export async function picturesInFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  if (entries.length === 0) {
    throw sourceError('folder-empty', `The folder ${folder} is empty.`, 'Name one with pictures.')
  }
  const names = entries.filter((entry) => isFile(entry) && isPictureName(entry.name))
  if (names.length === 0) {
    throw sourceError(
      'folder-without-pictures',
      `The folder ${folder} holds no picture: none of its ${entries.length} entries is one.`,
      'Name a folder with JPEG or PNG pictures right in it, or a glob such as "folder/**/*.jpg".',
    )
  }
  return names.map(({ name }) => join(folder, name)).sort((a, b) => naturally.compare(a, b))
}

/**
 * The pictures that fit a glob, in natural order.
 * @throws RoadwardError `glob-without-match`
 */
export async function picturesOfGlob(glob: string): Promise<string[]> {
  const pattern = resolve(glob)
  const segments = pattern.split(sep)
  const root = segments.slice(0, segments.findIndex(hasGlob)).join(sep) + sep
  const fits = globRegExp(pattern)
  const deep = segments.length - segments.findIndex(hasGlob) > 1
  const entries = await readdir(root, { withFileTypes: true, recursive: deep }).catch(() => [])
  const paths = entries
    .filter(isFile)
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => fits.test(path) && isPictureName(path))
  if (paths.length === 0) {
    throw sourceError(
      'glob-without-match',
      `No picture fits ${glob}.`,
      'Check the folder and the ending; ** stands for any number of folders.',
    )
  }
  return paths.sort((a, b) => naturally.compare(a, b))
}
