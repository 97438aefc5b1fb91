import { Option, type Command } from 'commander'
import type { MergeMethod } from '../../../core/evaluation/submission.ts'
import { mergeSubmissions } from '../../../batch/mergeSubmissions.ts'
import { EXIT } from '../../../app/commandLine/exitCodes.ts'
import { printLine } from '../../../app/commandLine/output.ts'
import { parseWeights } from '../../../app/commandLine/parse.ts'
import type { Done } from '../../../app/commandLine/done.ts'

interface MergeFlags {
  readonly out: string
  readonly method: MergeMethod
  readonly weights?: readonly number[]
}

/** `roadward merge A B ...`. */
export function addMerge(program: Command, done: Done): void {
  program
    .command('merge')
    .argument('<first>', 'submission')
    .argument('<others...>', 'submissions of the same pictures')
    .description('merge submissions into one')
    .requiredOption('--out <file>', 'where to write it')
    .addOption(
      new Option('--method <mean>', 'how the rows are merged')
        .choices(['average', 'geometric'] satisfies MergeMethod[])
        .default('average'),
    )
    .option('--weights <a,b>', 'one weight for each file; equal by default', parseWeights)
    .action(async (first: string, others: readonly string[], flags: MergeFlags) => {
      const { out, method, weights } = flags
      const files = [first, ...others]
      const pictures = await mergeSubmissions({ files, out, method, weights })
      printLine(`${out}: ${pictures} pictures of ${files.length} submissions.`)
      done(EXIT.done)
    })
}
