import type { Millis } from '../core/frame.ts'

/** Room for a minute of a drive. */
const MAX_BYTES = 48 * 1024 * 1024

export interface CachedPicture {
  readonly tMs: Millis
  /** The next picture takes its place. */
  readonly untilMs: Millis
  readonly jpeg: Uint8Array
}

/** Pictures that were asked for lately, by what they are pictures of. */
export class PictureCache {
  /** In the order of use, the latest last. */
  readonly #pictures = new Map<string, CachedPicture>()
  #bytes = 0

  find(of: string, tMs: Millis): CachedPicture | undefined {
    for (const [key, picture] of this.#pictures) {
      if (!key.startsWith(`${of} `) || tMs < picture.tMs || tMs >= picture.untilMs) continue
      this.#pictures.delete(key)
      this.#pictures.set(key, picture)
      return picture
    }
    return undefined
  }

  add(of: string, picture: CachedPicture): void {
    const key = `${of} ${picture.tMs}`
    this.#drop(key)
    this.#pictures.set(key, picture)
    this.#bytes += picture.jpeg.length
    for (const oldest of this.#pictures.keys()) {
      if (this.#bytes <= MAX_BYTES) return
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#pictures.get(key)?.jpeg.length ?? 0
    this.#pictures.delete(key)
  }
}
