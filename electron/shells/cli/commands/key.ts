import type { Command } from 'commander'
import { installationKey } from '../../../evidence/installationKey.ts'
import { dataDir } from '../../paths.ts'
import { EXIT } from '../exitCodes.ts'
import { printLine } from '../output.ts'
import type { Done } from './done.ts'

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
      if (pem === true) printLine(key.publicPem.trimEnd())
      done(EXIT.done)
    })
}
