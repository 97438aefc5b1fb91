import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addDoctor } from './commands/doctor.ts'
import type { Done } from './commands/done.ts'
import { addEvaluate } from './commands/evaluate.ts'
import { addEvidence } from './commands/evidence.ts'
import { addKey } from './commands/key.ts'
import { addMerge } from './commands/merge.ts'
import { addNeighbours } from './commands/neighbours.ts'
import { addReplay } from './commands/replay.ts'
import { addReport } from './commands/report.ts'
import { addScore } from './commands/score.ts'
import { addServe } from './commands/serve.ts'
import { addSettings } from './commands/settings.ts'
import { addSubmit } from './commands/submit.ts'
import { addVerify } from './commands/verify.ts'
import { addWatch } from './commands/watch.ts'
import { removeTelemetryRemains } from '../telemetryRemains.ts'
import { printProblem } from './output.ts'

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 wrong use of the command line.`

/** Every command, in the order of `--help`. */
const COMMANDS: readonly ((program: Command, done: Done) => void)[] = [
  addWatch,
  addServe,
  addReplay,
  addReport,
  addEvidence,
  addVerify,
  addKey,
  addEvaluate,
  addSubmit,
  addMerge,
  addNeighbours,
  addScore,
  addSettings,
  addDoctor,
]

/**
 * The command line. Parsing errors are thrown as commander's `CommanderError`.
 *
 * @param done takes the exit code of the command that ran
 */
export function buildProgram(done: Done): Command {
  const program = new Command('roadward')
    .description('Watches the driver and raises an alert when an unsafe state persists.')
    .version(version())
    .option('--verbose', 'show stack traces of errors')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .hook('preAction', async () => {
      const removed = await removeTelemetryRemains()
      if (removed !== undefined) printProblem(removed)
    })
  for (const add of COMMANDS) add(program, done)
  for (const command of program.commands) {
    command.exitOverride().option('--verbose', 'show stack traces of errors')
    command.addHelpText('after', EXIT_CODES)
  }
  return program
}

function version(): string {
  const file = new URL('../../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
