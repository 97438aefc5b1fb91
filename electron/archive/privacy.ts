import { chmodSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

/** What others on this computer may not read or enter. */
const OTHERS = 0o077

/**
 * From here on whatever this process makes is its owner's alone; and so is what older versions made
 * in the data folder, which shows people. A file system without rights, or a folder of somebody
 * else, stays as it is.
 */
export function makePrivate(directory: string): void {
  process.umask(OTHERS)
  for (const name of [
    'archive.sqlite',
    'archive.sqlite-wal',
    'archive.sqlite-shm',
    'settings.json',
  ]) {
    takeFromOthers(join(directory, name))
  }
  takeTreeFromOthers(join(directory, 'clips'))
  takeTreeFromOthers(join(directory, 'owners'))
}

function takeTreeFromOthers(folder: string): void {
  try {
    // A folder that is closed keeps others from all that lies in it.
    if (!takeFromOthers(folder)) return
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      takeFromOthers(join(folder, entry))
    }
  } catch {
    // Nothing there, or not ours to change.
  }
}

/** @returns whether something was taken */
function takeFromOthers(place: string): boolean {
  try {
    const { mode } = statSync(place)
    if ((mode & OTHERS) === 0) return false
    chmodSync(place, mode & 0o700)
    return true
  } catch {
    return false
  }
}
