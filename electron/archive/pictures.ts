import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Millis } from '../core/frame.ts'
import {
  PictureFile,
  readEntries,
  readPicture,
  type Picture,
  type PictureEntry,
} from './pictureFile.ts'

/** A file holds at most this much of a drive: finding a picture reads the heads of one file. */
const FILE_MS: Millis = 60_000

/** A picture stands for at most this long: beyond it there is none. */
const STANDS_MS: Millis = 1500

/** What is known of one file. */
export interface Clip {
  readonly file: string
  readonly fromMs: Millis
  readonly toMs: Millis
  readonly bytes: number
}

interface Writing {
  readonly file: PictureFile
  readonly name: string
  readonly fromMs: Millis
}

/** The pictures of all drives, in `clips/<drive>/<first ms>.pics`. */
export class PictureStore implements Disposable {
  readonly #root: string
  readonly #writing = new Map<number, Writing>()
  #scanned: { readonly key: string; readonly entries: readonly PictureEntry[] } | undefined

  constructor(directory: string) {
    this.#root = join(directory, 'clips')
  }

  /** Throws what the file system throws. @returns the files that grew */
  keep(drive: number, pictures: readonly Picture[], last: boolean): Clip[] {
    const clips: Clip[] = []
    let rest = pictures
    while (rest.length > 0) {
      const writing = this.#writing.get(drive) ?? this.#begin(drive, rest[0]?.tMs ?? 0)
      const fits = rest.findIndex(({ tMs }) => tMs >= writing.fromMs + FILE_MS)
      const now = fits === -1 ? rest : rest.slice(0, fits)
      rest = rest.slice(now.length)
      writing.file.append(now)
      const toMs = now.at(-1)?.tMs
      const { name, fromMs, file } = writing
      if (toMs !== undefined) clips.push({ file: name, fromMs, toMs, bytes: file.bytes })
      if (fits !== -1) this.end(drive)
    }
    if (last) this.end(drive)
    return clips
  }

  /** The next picture of the drive begins another file. */
  end(drive: number): void {
    this.#writing.get(drive)?.file[Symbol.dispose]()
    this.#writing.delete(drive)
  }

  /** The last picture at or before `tMs` in one of the drive's files. */
  find(drive: number, tMs: Millis): Picture | undefined {
    const file = this.#files(drive).findLast(({ fromMs }) => fromMs <= tMs)
    if (file === undefined) return undefined
    const path = this.#path(drive, file.name)
    const entry = this.#entries(path).findLast((each) => each.tMs <= tMs)
    if (entry === undefined || tMs - entry.tMs > STANDS_MS) return undefined
    return readPicture(path, entry)
  }

  times(drive: number, fromMs: Millis, toMs: Millis): Millis[] {
    return this.#files(drive)
      .filter((file) => file.fromMs <= toMs && file.fromMs + FILE_MS >= fromMs)
      .flatMap(({ name }) => this.#entries(this.#path(drive, name)))
      .map(({ tMs }) => tMs)
      .filter((tMs) => tMs >= fromMs && tMs <= toMs)
  }

  remove(drive: number): void {
    this.end(drive)
    rmSync(join(this.#root, `${drive}`), { recursive: true, force: true })
  }

  /**
   * Moves the pictures of these drives out of the way of new ones with the same numbers.
   * @returns the folder in which they are now
   */
  putAside(drives: readonly number[]): string {
    const aside = `${this.#root}-unknown-${Date.now()}`
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    for (const drive of drives) {
      this.end(drive)
      renameSync(join(this.#root, `${drive}`), join(aside, `${drive}`))
    }
    return aside
  }

  /** Folders of drives that are there. */
  drives(): number[] {
    return existsSync(this.#root)
      ? readdirSync(this.#root).map(Number).filter(Number.isInteger)
      : []
  }

  [Symbol.dispose](): void {
    for (const drive of this.#writing.keys()) this.end(drive)
  }

  #begin(drive: number, fromMs: Millis): Writing {
    const folder = join(this.#root, `${drive}`)
    mkdirSync(folder, { recursive: true })
    const name = nameOf(fromMs)
    // An engine that was restarted may come back to a time that it had reached: not over it.
    rmSync(join(folder, name), { force: true })
    const writing = { file: new PictureFile(join(folder, name)), name, fromMs }
    this.#writing.set(drive, writing)
    return writing
  }

  #files(drive: number): { readonly name: string; readonly fromMs: Millis }[] {
    const folder = join(this.#root, `${drive}`)
    if (!existsSync(folder)) return []
    return readdirSync(folder)
      .filter((name) => name.endsWith(ENDING))
      .sort()
      .map((name) => ({ name, fromMs: Number(name.slice(0, -ENDING.length)) / 1000 }))
  }

  #entries(path: string): readonly PictureEntry[] {
    const key = `${path} ${statSync(path).size}`
    if (this.#scanned?.key !== key) this.#scanned = { key, entries: readEntries(path) }
    return this.#scanned.entries
  }

  #path(drive: number, name: string): string {
    return join(this.#root, `${drive}`, name)
  }
}

const ENDING = '.pics'

/** In microseconds, so that names sort as times do. */
function nameOf(ms: Millis): string {
  return `${String(Math.floor(ms * 1000)).padStart(15, '0')}${ENDING}`
}
