import { RoadwardError } from '../core/errors.ts'

/** Where a fold's faults are said to be. */
export interface FoldPlace {
  /** The manifest's path as errors show it. */
  readonly where: string
  readonly fold: string
}

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
