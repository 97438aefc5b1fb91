import type { Problem } from '../../core/ports.ts'
import type { Millis } from '../../core/frame.ts'

/** @param lengthMs of the stretch of a recording that holds no pictures */
export function holeProblem(lengthMs: Millis): Problem {
  return {
    severity: 'warning',
    code: 'recording-hole',
    message: `The recording holds no pictures for ${Math.round(lengthMs / 1000)} s: nobody was watched meanwhile.`,
    tip: undefined,
  }
}

/** @param active folds that go on running, of `folds` */
export function sheddingProblem(active: number, folds: number): Problem {
  return active === folds
    ? { severity: 'info', code: 'folds-restored', message: `All ${folds} folds are running again.` }
    : {
        severity: 'warning',
        code: 'folds-shed',
        message: `This machine is too slow for all folds: ${active} of ${folds} are running.`,
      }
}
