import type { Command } from 'commander'
import { verify } from '../verify.ts'
import type { Done } from '../../../app/commandLine/done.ts'

const EXPLAINED = `
Exit codes: 0 nothing was changed, 1 refused, 2 wrong use of the command line or no such file.`

/** `roadward verify BUNDLE`. */
export function addVerify(program: Command, done: Done): void {
  program
    .command('verify')
    .argument('<bundle>', 'zip made by `roadward evidence`')
    .description('check that an evidence bundle is whole, unchanged and signed')
    .option('--key <fingerprint|file>', 'the key it should be signed with: fingerprint or PEM')
    .option('--json', 'print one JSON object')
    .addHelpText('after', EXPLAINED)
    .action((bundle: string, { key, json }: { readonly key?: string; readonly json?: true }) => {
      done(verify({ bundle, key, json: json === true }))
    })
}
