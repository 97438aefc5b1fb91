import { archiveMethods, type ArchiveMethods } from '../../contract/archive.ts'
import { ARCHIVE_ENTRY } from '../paths.ts'
import { RpcProcess } from '../supervision/rpcProcess.ts'

/** The archive of recorded drives, as a shell sees it: `archive.call('list', {...})`. */
export type ArchiveClient = RpcProcess<ArchiveMethods>

/**
 * Nothing is opened, nor any folder made, before the first question.
 *
 * @param directory that holds `archive.sqlite` and the pictures
 * @param execPath a plain Node binary
 */
export function openArchive(directory: string, execPath: string = process.execPath): ArchiveClient {
  return new RpcProcess(archiveMethods, {
    name: 'The archive of recorded drives',
    code: 'archive-died',
    entry: ARCHIVE_ENTRY,
    args: [directory],
    execPath,
  })
}
