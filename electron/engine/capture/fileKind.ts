import type { Stats } from 'node:fs'
import { sourceError } from '../../contract/sourceErrors.ts'

/**
 * Opening a pipe waits for somebody to write into it, and a device may never end.
 * @throws RoadwardError `source-not-a-file`
 */
export function checkKind(uri: string, found: Stats): void {
  if (found.isFile() || found.isDirectory()) return
  throw sourceError(
    'source-not-a-file',
    `${uri} is ${kindOf(found)}, not a file or folder.`,
    'Name a video, a picture or a folder; a camera is named by its number, such as 0.',
  )
}

function kindOf(found: Stats): string {
  if (found.isFIFO()) return 'a pipe'
  return found.isSocket() ? 'a socket' : 'a device'
}
