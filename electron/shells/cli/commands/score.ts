import type { Command } from 'commander'
import { score } from '../score.ts'
import type { Done } from '../../../app/commandLine/done.ts'

/** `roadward score SUBMISSION TRUTH`. */
export function addScore(program: Command, done: Done): void {
  program
    .command('score')
    .argument('<submission>', 'CSV with the columns img,c0,...,c9')
    .argument('<truth>', 'CSV with the columns img and classname, as driver_imgs_list.csv')
    .description('score a submission as Kaggle does: multi-class log loss, by class too')
    .option('--json', 'print one JSON object')
    .action(async (submission: string, truth: string, flags: { readonly json?: true }) => {
      done(await score(submission, truth, flags.json === true))
    })
}
