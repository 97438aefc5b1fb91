import { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'
import { ClipKeeper, type KeptPicture, type KeptPictures } from './clipKeeper.ts'

/** After a failure pictures are tried again this often. */
const RETRY_MS: Millis = 15_000

export interface PictureKeepingParts {
  readonly mode: 'clips' | 'drive'
  /** Undefined while the archive has not taken the drive yet. */
  readonly drive: () => number | undefined
  readonly write: (drive: number, kept: KeptPictures) => Promise<unknown>
  readonly nowMs: () => Millis
  /** They could not be written; told once, until they could. */
  readonly onFailure: (error: unknown) => void
  readonly onRecovery: () => void
}

/** Pictures of one drive on their way to the archive; what cannot be written is let go. */
export class PictureKeeping {
  readonly #parts: PictureKeepingParts
  readonly #clips: ClipKeeper
  #work: Promise<void> | undefined
  #failedAt: Millis | undefined

  constructor(parts: PictureKeepingParts) {
    this.#parts = parts
    this.#clips = new ClipKeeper(parts.mode)
  }

  picture(picture: KeptPicture): void {
    this.#clips.picture(picture)
  }

  event(tMs: Millis): void {
    this.#clips.event(tMs)
  }

  /** Writes what there is, unless the last write is still under way. */
  write(): void {
    const drive = this.#parts.drive()
    if (drive === undefined || this.#work !== undefined) return
    const kept = this.#clips.take()
    if (kept === undefined || !this.#isDue()) return
    this.#work = this.#write(drive, kept).finally(() => {
      this.#work = undefined
    })
  }

  async end(): Promise<void> {
    await this.#work
    this.write()
    await this.#work
  }

  /** A full disk is not tried with every picture. */
  #isDue(): boolean {
    return this.#failedAt === undefined || this.#parts.nowMs() - this.#failedAt >= RETRY_MS
  }

  async #write(drive: number, kept: KeptPictures): Promise<void> {
    try {
      await this.#parts.write(drive, kept)
      if (this.#failedAt !== undefined) this.#parts.onRecovery()
      this.#failedAt = undefined
    } catch (thrown) {
      if (this.#failedAt === undefined) this.#parts.onFailure(thrown)
      this.#failedAt = this.#parts.nowMs()
    }
  }
}

/** Why, in the words of who said so. */
export function reasonOf(thrown: unknown): { readonly reason: string; readonly tip: string } {
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  const tip = thrown instanceof RoadwardError ? thrown.tip : undefined
  return { reason, tip: tip ?? 'Run `npx roadward doctor`.' }
}
