import type { Command } from 'commander'
import { installationKey } from '../../../app/exports/evidence/installationKey.ts'
import { dataDir } from '../../../app/paths.ts'
import { EXIT } from '../../../app/commandLine/exitCodes.ts'
import { printLine } from '../../../app/commandLine/output.ts'
import type { Done } from '../../../app/commandLine/done.ts'

/** `roadward key`. */
export function addKey(program: Command, done: Done): void {
  program
    .command('key')
    .description('fingerprint of the key that signs the evidence of this installation')
    .option('--pem', 'print the public key, too')
    .option('--data <directory>', 'data folder; by default where `serve` looks')
    .action(({ pem, data }: { readonly pem?: true; readonly data?: string }) => {
      const key = installationKey(data ?? dataDir())
      printLine(key.fingerprint)
      if (pem === true)
        key.publicPem
          .trimEnd()
          .split('\n')
          .forEach((line) => {
            printLine(line)
          })
      done(EXIT.done)
    })
}
