import type { Millis } from '../../core/frame.ts'
import { sourceError } from '../../contract/sourceErrors.ts'
import type { RoadwardError } from '../../core/errors.ts'
import type { Problem, SourceInfo } from '../../core/ports.ts'

/** The picture went away; the source tries to get it back. */
export function lost(info: SourceInfo, reason: string): Problem {
  return {
    severity: 'warning',
    code: 'source-lost',
    message: `The picture of ${name(info)} is lost: ${reason}.`,
    tip: `Check the ${info.kind === 'camera' ? 'cable' : 'network'}; it is opened again by itself.`,
  }
}

/** A native read that does not come back: this process cannot open the device again. */
export function hung(info: SourceInfo, afterMs: Millis): RoadwardError {
  return sourceError(
    'source-hung',
    `Reading ${name(info)} hangs for ${afterMs / 1000} s; it is opened again by a new engine.`,
    'If it happens again, unplug and replug the camera.',
  )
}

/** Pictures that came broken were passed over. */
export function damagedPictures(info: SourceInfo, count: number): Problem {
  const pictures = count === 1 ? 'A picture' : `${count} pictures`
  return {
    severity: 'warning',
    code: 'pictures-damaged',
    message: `${pictures} of ${name(info)} came damaged and were not judged.`,
    tip: 'Check the cable or the network between camera and computer.',
  }
}

/** Why it could not be opened again yet. */
export function stillAway(message: string): Problem {
  return {
    severity: 'info',
    code: 'source-retry',
    message: `Still no picture. ${message}`,
    tip: undefined,
  }
}

export function restored(info: SourceInfo, gapMs: Millis): Problem {
  return {
    severity: 'info',
    code: 'source-restored',
    message: `The picture of ${name(info)} is back after ${(gapMs / 1000).toFixed(1)} s.`,
    tip: undefined,
  }
}

function name(info: SourceInfo): string {
  return `${info.kind} ${info.uri}`
}
