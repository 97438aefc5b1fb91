import { existsSync } from 'node:fs'
import { listCameras } from '../engine/capture/cameras.ts'
import { DEMO_DRIVE } from './paths.ts'

/** What is watched when nobody says what. */
export interface FirstSource {
  readonly uri: string
  /** The synthetic demo drive, for the ensemble that was trained for it. */
  readonly demo: boolean
}

/** The first camera that can be used, or the demo drive, or camera 0, which may come later. */
export async function firstSource(
  cameras: typeof listCameras = listCameras,
  demoDrive: string = DEMO_DRIVE,
): Promise<FirstSource> {
  const usable = (await cameras()).find(({ obstacle }) => obstacle === undefined)
  if (usable !== undefined) return { uri: usable.path, demo: false }
  return existsSync(demoDrive) ? { uri: demoDrive, demo: true } : { uri: '0', demo: false }
}
