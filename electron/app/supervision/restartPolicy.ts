import type { Problem } from '../../core/ports.ts'
import type { Millis } from '../../core/frame.ts'
import type { EngineExit } from './engineProcess.ts'

/** A recorded drive that kills the engine this often in a row without a prediction is given up. */
const GIVE_UP_AFTER = 3

/** The first restart is immediate; a camera is worth trying for ever, but not in a hot loop. */
const LONGEST_DELAY_MS: Millis = 10_000

/**
 * How long to wait before the next life.
 *
 * @param fruitless lives in a row that died before their first prediction, this one included
 * @param live whether the source is a camera or a stream, which is never given up
 * @returns milliseconds, or undefined when it is time to give up
 */
export function restartDelayMs(fruitless: number, live: boolean): Millis | undefined {
  if (!live && fruitless >= GIVE_UP_AFTER) return undefined
  return fruitless <= 1 ? 0 : Math.min(LONGEST_DELAY_MS, 500 * 2 ** (fruitless - 2))
}

/** Failures that only a new process mends, also of a recorded drive. */
const MENDED_BY_RESTART: ReadonlySet<string> = new Set(['inference-worker-died'])

/**
 * Whether a drive that has failed goes on with a new engine. A live source that was open once is
 * worth trying for ever, whatever has come in between: nobody would be watching otherwise. What
 * fails before it is open is wrong use, or a broken installation, and is told at once.
 *
 * @param live whether a live source was open in this drive
 */
export function goesOnAfter(problem: Problem, live: boolean): boolean {
  return live || MENDED_BY_RESTART.has(problem.code)
}

export function restartProblem(exit: EngineExit): Problem {
  return {
    severity: 'warning',
    code: 'engine-restarted',
    message: `The engine died (${exit.cause}) and is being restarted; nobody is watching for a moment.`,
    tip: undefined,
  }
}

export function crashLoopProblem(exit: EngineExit): Problem {
  const last = exit.stderr.split('\n').at(-1) ?? ''
  const detail = last === '' ? '' : ` Its last words: ${last}`
  return {
    severity: 'error',
    code: 'engine-crash-loop',
    message: `The engine died ${GIVE_UP_AFTER} times in a row (${exit.cause}) and was not started again.${detail}`,
    tip: 'Run `npx roadward doctor`; if it finds nothing, the source may be damaged.',
  }
}
