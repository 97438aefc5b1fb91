import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addDoctor } from './cli/commands/doctor.ts'
import type { Done } from '../app/commandLine/done.ts'
import { addEvaluate } from './cli/commands/evaluate.ts'
import { addEvidence } from './cli/commands/evidence.ts'
import { addKey } from './cli/commands/key.ts'
import { addMerge } from './cli/commands/merge.ts'
import { addNeighbours } from './cli/commands/neighbours.ts'
import { addReplay } from './cli/commands/replay.ts'
import { addReport } from './cli/commands/report.ts'
import { addScore } from './cli/commands/score.ts'
import { addServe } from './web/command.ts'
import { addSettings } from './cli/commands/settings.ts'
import { addSubmit } from './cli/commands/submit.ts'
import { addVerify } from './cli/commands/verify.ts'
import { addWatch } from './cli/commands/watch.ts'
import { removeTelemetryRemains } from '../app/telemetryRemains.ts'
import { forTerminal } from '../app/commandLine/forTerminal.ts'
import { printProblem } from '../app/commandLine/output.ts'

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
    .configureOutput({
      outputError: (text, write) => {
        write(shown(text))
      },
    })
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

/** What somebody typed comes back in the message. */
function shown(text: string): string {
  return text.split('\n').map(forTerminal).join('\n')
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
