import type { PublicSettings } from '../../contract/settings.ts'
import type { Problem } from '../../core/ports.ts'
import type { ArchivePort } from './batchQueue.ts'
import type { KeptPictures } from './clipKeeper.ts'

/** What recording a live drive takes; tests pass their own. */
export interface RecorderParts {
  readonly archive: ArchivePort & {
    keepPictures(drive: number, kept: KeptPictures): Promise<unknown>
  }
  readonly settings: () => Pick<PublicSettings, 'recording' | 'labels'>
  /** Something that every screen should show. */
  readonly tell: (problem: Problem) => void
  /** Asks the engine for pictures. */
  readonly askForPictures: (perSecond: number) => void
  /** Wall clock. */
  readonly now: () => number
}
