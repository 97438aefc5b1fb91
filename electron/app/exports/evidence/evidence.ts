import type { Drive, DriveEvent } from '../../../contract/drives.ts'
import type { Faces } from '../../../contract/exports.ts'
import type { PredictionTable } from '../../../contract/predictionTable.ts'
import type { Millis } from '../../../core/frame.ts'

/** All that is known of one event. */
export interface Evidence {
  readonly event: DriveEvent
  readonly drive: Drive
  /** Every frame around the event. */
  readonly table: PredictionTable
  /** Pictures around the event, treated as `faces` says; none where they are left out or missing. */
  readonly clip: readonly { readonly tMs: Millis; readonly jpeg: Uint8Array }[]
  readonly faces: Faces
  /** `manifest.json` of the ensemble that judged the drive; undefined where it is not here any more. */
  readonly manifest: Uint8Array | undefined
  readonly madeAt: number
  /** Who asked for it, if they said so. */
  readonly madeBy: string | undefined
  /** Of the program that packs, which may be newer than the one that judged. */
  readonly programVersion: string
}
