import process from 'node:process'
import { DriveData, type DriveDataOptions } from '../../electron/app/screens/driveData.ts'
import { createLog } from '../../electron/app/log.ts'

/** Recorded drives of a folder as a shell has them, where no live drive is recorded. */
export function openDriveData(
  directory: string,
  parts: Pick<DriveDataOptions, 'knowsEnsemble'> & Partial<DriveDataOptions>,
): DriveData {
  return new DriveData({
    directory,
    execPath: process.execPath,
    log: createLog(false),
    supervisor: { keepPictures: () => undefined, tell: () => undefined },
    settings: () => ({
      recording: { pictures: 'off' },
      retention: { days: 30, gigabytes: 20 },
      labels: {},
    }),
    retentionKnown: () => true,
    ...parts,
  })
}
