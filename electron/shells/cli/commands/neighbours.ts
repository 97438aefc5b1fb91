import type { Command } from 'commander'
import { neighbours } from '../neighbours.ts'
import { parseCount } from '../../../app/commandLine/parse.ts'
import type { Done } from '../../../app/commandLine/done.ts'

interface NeighboursFlags {
  readonly out: string
  readonly count: number
}

/** Least log loss out of fold; 3 and 8 are within 0.005 of it (EXPERIMENTS.md). */
const COUNT = 5

/** `roadward neighbours SUBMISSION DIR`. */
export function addNeighbours(program: Command, done: Done): void {
  program
    .command('neighbours')
    .argument('<submission>', 'CSV that `roadward submit` wrote')
    .argument('<directory>', 'folder or glob of its pictures')
    .description('average each row of a submission with those of the pictures most alike')
    .requiredOption('--out <file>', 'where to write it')
    .option('--count <n>', 'pictures that count beside each', parseCount, COUNT)
    .action(async (submission: string, directory: string, { out, count }: NeighboursFlags) => {
      done(await neighbours({ submission, directory, out, count }))
    })
}
