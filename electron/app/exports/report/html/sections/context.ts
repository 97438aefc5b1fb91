import type { PredictionTable } from '../../../../../contract/predictionTable.ts'
import type { Faces } from '../../../../../contract/exports.ts'
import type { Report } from '../../report.ts'
import type { Words } from '../../words/words.ts'

/** What every section is made of. */
export interface PageContext {
  readonly report: Report
  readonly words: Words
  readonly faces: Faces
  /** JPEGs by event; none where pictures are left out or were not kept. */
  readonly pictures: ReadonlyMap<number, Uint8Array>
  /** Buckets of the one drive of the report. */
  readonly table: PredictionTable | undefined
}
