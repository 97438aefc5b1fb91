import process from 'node:process'
import pc from 'picocolors'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import { forTerminal, jsonForTerminal } from './forTerminal.ts'

/** Problems with single pictures that are shown. */
export const SHOWN_PROBLEMS = 10

/** One JSON object a line on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${jsonForTerminal(value)}\n`)
}

/** @param lead in front of it, with colours */
export function printLine(text: string, lead = ''): void {
  process.stdout.write(`${lead}${forTerminal(text)}\n`)
}

/** Shows what is wrong with single pictures, up to `SHOWN_PROBLEMS`; the rest is only counted. */
export class PictureProblems {
  #count = 0

  get count(): number {
    return this.#count
  }

  readonly print = (problem: Problem): void => {
    if ((this.#count += 1) <= SHOWN_PROBLEMS) printProblem(problem)
  }
}

/** What, where, what to do: one or two sentences on standard error. */
export function printProblem(problem: Problem): void {
  const paint = { info: pc.cyan, warning: pc.yellow, error: pc.red }[problem.severity]
  const tip = problem.tip === undefined ? '' : ` ${problem.tip}`
  process.stderr.write(`${paint(problem.severity)}: ${forTerminal(problem.message + tip)}\n`)
}

/** @param verbose adds the stack, which nobody else needs to see */
export function printError(error: unknown, verbose: boolean): void {
  if (error instanceof RoadwardError) {
    printProblem({ severity: 'error', code: error.code, message: error.message, tip: error.tip })
  } else {
    const message = error instanceof Error ? error.message : String(error)
    const tip = verbose ? undefined : 'This is a fault in Roadward; run again with --verbose.'
    printProblem({ severity: 'error', code: 'internal', message, tip })
  }
  if (verbose && error instanceof Error) printStack(error.stack ?? '')
}

function printStack(stack: string): void {
  for (const line of stack.split('\n')) process.stderr.write(`${forTerminal(line)}\n`)
}

/** `12:34.5` of a drive. */
export function clock(ms: number): string {
  const tenths = Math.floor(ms / 100)
  const minutes = Math.floor(tenths / 600)
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0')
  return `${minutes}:${seconds}`
}
