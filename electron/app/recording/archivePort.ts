import type { ArchivePort } from './batchQueue.ts'
import type { KeptPictures } from './clipKeeper.ts'
import type { ArchiveClient } from './openArchive.ts'

/** What writing takes of an archive. */
export function archivePort(
  archive: ArchiveClient,
): ArchivePort & { keepPictures(drive: number, kept: KeptPictures): Promise<unknown> } {
  return {
    begin: (header) => archive.call('begin', header),
    append: (batch) => archive.call('append', batch),
    finish: (drive, status) => archive.call('finish', { drive, status }),
    keepPictures: (drive, kept) => archive.call('keepPictures', { drive, ...kept }),
  }
}
