import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DriveHeader } from '../../../electron/contract/archive.ts'
import type { DriveQuery } from '../../../electron/contract/drives.ts'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import { Archive } from '../../../electron/archive/archive.ts'
import type { DriveLog } from '../../../electron/archive/driveLog/driveLog.ts'

export const NOW = Date.UTC(2026, 10, 24, 12)

/** A data folder that is gone when the test is over. */
export class ArchiveFolder implements Disposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'roadward-archive-'))
  readonly #open: Archive[] = []
  now = NOW

  open(): Archive {
    const archive = new Archive({ directory: this.directory, now: () => this.now })
    this.#open.push(archive)
    return archive
  }

  close(archive: Archive): void {
    this.#open.splice(this.#open.indexOf(archive), 1)
    archive[Symbol.dispose]()
  }

  [Symbol.dispose](): void {
    for (const archive of this.#open) archive[Symbol.dispose]()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

export function headerOf(changes: Partial<DriveHeader> = {}): DriveHeader {
  return {
    startedAt: NOW,
    origin: 'live',
    source: { uri: '0', kind: 'camera', name: '0' },
    options: {},
    labels: {},
    ensemble: { id: 'fake', version: '1.0.0' },
    folds: ['fold-1', 'fold-2'],
    foldHashes: ['aa', 'bb'],
    provider: 'cpu',
    preset: ROADWARD,
    programVersion: '0.1.0',
    pictures: 'none',
    ...changes,
  }
}

export const everything: DriveQuery = { offset: 0, limit: 100 }

/** Writes what the log has to say. @returns the drive */
export async function record(
  { handlers }: Archive,
  log: DriveLog,
  header: DriveHeader = headerOf(),
): Promise<number> {
  const { drive } = await handlers.begin(header)
  const batch = log.take()
  if (batch !== undefined) await handlers.append({ ...batch, drive, number: 0 })
  await handlers.finish({ drive, status: 'complete' })
  return drive
}
