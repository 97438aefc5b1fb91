import type { Command } from 'commander'
import { doctor } from '../doctor.ts'
import type { Done } from '../../../app/commandLine/done.ts'

/** `roadward doctor`. */
export function addDoctor(program: Command, done: Done): void {
  program
    .command('doctor')
    .description('say what is installed and what can be used; exit code 1 when the app cannot run')
    .option('--json', 'print one JSON object')
    .action(async (flags: { readonly json?: true }) => {
      done(await doctor(flags.json === true))
    })
}
