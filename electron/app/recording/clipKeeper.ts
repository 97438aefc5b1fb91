import type { Millis } from '../../core/frame.ts'

/** Kept before and after an event. */
const AROUND_MS: Millis = 5000

/** An alert that goes on and on does not keep everything. */
const LONGEST_MS: Millis = 60_000

/** Of pictures before an event, and of pictures that wait for the archive. */
const MAX_BYTES = 32 * 1024 * 1024

export interface KeptPicture {
  readonly tMs: Millis
  readonly jpeg: Uint8Array
}

export interface KeptPictures {
  readonly pictures: KeptPicture[]
  /** The clip is over. */
  readonly last: boolean
}

/** Chooses which pictures of a drive are kept: a few seconds around each event, or all. */
export class ClipKeeper {
  readonly #all: boolean
  /** Not asked for yet. */
  #before: KeptPicture[] = []
  #kept: KeptPicture[] = []
  #clip: { readonly sinceMs: Millis; untilMs: Millis } | undefined
  #over = false

  constructor(mode: 'clips' | 'drive') {
    this.#all = mode === 'drive'
  }

  picture(picture: KeptPicture): void {
    if (this.#all || (this.#clip !== undefined && picture.tMs <= this.#clip.untilMs)) {
      this.#kept.push(picture)
      bound(this.#kept)
      return
    }
    if (this.#clip !== undefined) {
      this.#clip = undefined
      this.#over = true
    }
    this.#before.push(picture)
    while ((this.#before[0]?.tMs ?? Infinity) < picture.tMs - AROUND_MS) this.#before.shift()
    bound(this.#before)
  }

  /** An alert for the record, or another step of one. */
  event(tMs: Millis): void {
    if (this.#all) return
    if (this.#clip === undefined) {
      this.#kept.push(...this.#before.filter((picture) => picture.tMs >= tMs - AROUND_MS))
      this.#before = []
      this.#clip = { sinceMs: tMs, untilMs: tMs }
    }
    const { sinceMs } = this.#clip
    this.#clip.untilMs = Math.min(tMs + AROUND_MS, sinceMs + LONGEST_MS)
  }

  /** @returns undefined when there is nothing to write */
  take(): KeptPictures | undefined {
    if (this.#kept.length === 0 && !this.#over) return undefined
    const taken = { pictures: this.#kept, last: this.#over }
    this.#kept = []
    this.#over = false
    return taken
  }
}

/** The oldest go when there are too many. */
function bound(pictures: KeptPicture[]): void {
  let bytes = pictures.reduce((sum, { jpeg }) => sum + jpeg.length, 0)
  while (bytes > MAX_BYTES) bytes -= pictures.shift()?.jpeg.length ?? bytes
}
