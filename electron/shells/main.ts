import process from 'node:process'
import { CommanderError } from 'commander'
import { RoadwardError } from '../core/errors.ts'
import { EXIT, exitCodeOf, type ExitCode } from '../app/commandLine/exitCodes.ts'
import { printError } from '../app/commandLine/output.ts'
import { buildProgram } from './program.ts'

// `roadward watch ... | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})

/** @returns the exit code of the command line `argv` (with node and script in front) */
async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  const program = buildProgram((result) => {
    code = result
  })
  try {
    await program.parseAsync(argv)
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    printError(error, argv.includes('--verbose'))
    return error instanceof RoadwardError ? exitCodeOf(error.code) : EXIT.failed
  }
}

process.exitCode = await main(process.argv)
