import type { Batch, DriveHeader } from '../../../../electron/contract/archive.ts'
import { RoadwardError } from '../../../../electron/core/errors.ts'
import type { KeptPictures } from '../../../../electron/app/recording/clipKeeper.ts'
import type { RecorderParts } from '../../../../electron/app/recording/recorderParts.ts'

type ArchiveOfRecorder = RecorderParts['archive']

const DISK_FULL = new RoadwardError('disk-full', 'The disk is full.', 'Free some space.')

/** Takes everything, until it is told to be full. */
export class FakeArchive implements ArchiveOfRecorder {
  readonly headers: DriveHeader[] = []
  readonly batches: Batch[] = []
  readonly pictures: KeptPictures[] = []
  readonly finished: string[] = []
  full = false
  picturesFull = false
  /** While set, nothing is answered. */
  stuck: Promise<void> | undefined

  async begin(header: DriveHeader): Promise<{ readonly drive: number }> {
    await this.#answer(this.full)
    this.headers.push(header)
    return { drive: this.headers.length }
  }

  async append(batch: Batch): Promise<void> {
    await this.#answer(this.full)
    this.batches.push(batch)
  }

  async finish(drive: number, status: string): Promise<void> {
    await this.#answer(this.full)
    this.finished.push(`${drive} ${status}`)
  }

  async keepPictures(_drive: number, kept: KeptPictures): Promise<void> {
    await this.#answer(this.full || this.picturesFull)
    this.pictures.push(kept)
  }

  async #answer(full: boolean): Promise<void> {
    await this.stuck
    if (full) throw DISK_FULL
  }
}
