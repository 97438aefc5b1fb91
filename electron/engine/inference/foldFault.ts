import { RoadwardError } from '../../core/errors.ts'

/** Where a fold's faults are said to be. */
export interface FoldPlace {
  /** The manifest's path as errors show it. */
  readonly where: string
  readonly fold: string
}

/** What to do about a network that fails on one frame. */
export const FAILED_TIP =
  'If it happens again, the model or the machine is at fault: evaluate the ensemble.'

const EXPORT_AGAIN = 'Export the ensemble again with models/training, or correct the manifest.'

/** An error that names the manifest, the fold and the field; `words` go on from there. */
export function foldFault(
  place: FoldPlace,
  code: string,
  words: string,
  tip = EXPORT_AGAIN,
  cause?: unknown,
): RoadwardError {
  const message = `${place.where}: fold "${place.fold}": ${words}.`
  return new RoadwardError(code, message, tip, cause === undefined ? undefined : { cause })
}
