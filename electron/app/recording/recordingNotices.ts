import type { Problem } from '../../core/ports.ts'
import { reasonOf } from './pictureKeeping.ts'

/** What people in front of the screen are told about the recording of a live drive. */

export function recordingStopped(thrown: unknown): Problem {
  const { reason, tip } = reasonOf(thrown)
  return {
    severity: 'warning',
    code: 'recording-stopped',
    message: `This drive is not being recorded: ${reason} Monitoring goes on.`,
    tip,
  }
}

export function recordingRestored(lost: number): Problem {
  const hole = lost === 0 ? '' : ` About ${lost} s of predictions were lost.`
  return {
    severity: 'info',
    code: 'recording-restored',
    message: `This drive is being recorded again.${hole}`,
  }
}

export function picturesStopped(thrown: unknown): Problem {
  const { reason, tip } = reasonOf(thrown)
  return {
    severity: 'warning',
    code: 'pictures-stopped',
    message: `No pictures are kept: ${reason} Events and predictions are.`,
    tip,
  }
}

export const PICTURES_RESTORED: Problem = {
  severity: 'info',
  code: 'pictures-restored',
  message: 'Pictures are kept again.',
}
