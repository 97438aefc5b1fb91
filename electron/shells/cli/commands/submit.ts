import type { Command } from 'commander'
import { ensembleFolder } from '../../../app/ensembles.ts'
import { submit } from '../submit.ts'
import type { Done } from '../../../app/commandLine/done.ts'
import { addEnsembleOptions, type EnsembleFlags } from '../../../app/commandLine/options.ts'

interface SubmitFlags extends EnsembleFlags {
  readonly out: string
  readonly overwrite?: true
}

const RESUMING = `
Interrupted, the same command goes on after the last whole row; FILE.roadward.json beside the file
tells what it was made of. Pictures that cannot be read get 0.1 for every class.`

/** `roadward submit DIR`. */
export function addSubmit(program: Command, done: Done): void {
  const command = program
    .command('submit')
    .argument('<directory>', 'folder or glob of pictures')
    .description('write a Kaggle submission: one row of ten probabilities a picture')
    .requiredOption('--out <file>', 'CSV with the columns img,c0,...,c9')
    .option('--overwrite', 'start over, whatever the file holds')
  addEnsembleOptions(command)
    .addHelpText('after', RESUMING)
    .action(async (directory: string, flags: SubmitFlags) => {
      done(
        await submit({
          pictures: directory,
          out: flags.out,
          overwrite: flags.overwrite === true,
          ensembleDirectory: await ensembleFolder(flags.ensemble),
          providers: flags.providers,
        }),
      )
    })
}
