import { Option, type Command } from 'commander'
import { PRESETS } from '../../../core/monitor/presets/all.ts'
import type { Preset } from '../../../core/monitor/preset.ts'
import { ensembleFolder } from '../../../app/ensembles.ts'
import { resolvePreset } from '../../../app/presets.ts'
import { evaluate } from '../evaluate.ts'
import { parseCount, parseList } from '../../../app/commandLine/parse.ts'
import type { Done } from '../../../app/commandLine/done.ts'
import { addEnsembleOptions, type EnsembleFlags } from '../../../app/commandLine/options.ts'

const ALL = 'all'

interface EvaluateFlags extends EnsembleFlags {
  readonly outOfFold?: true
  readonly drivers?: readonly string[]
  readonly drives?: true
  readonly preset: string
  readonly neighbours?: number
  readonly json?: true
}

/** `roadward evaluate DIR`. */
export function addEvaluate(program: Command, done: Done): void {
  const command = program
    .command('evaluate')
    .argument('<directory>', 'State Farm folder')
    .description('score an ensemble on labelled pictures')
  addEnsembleOptions(command)
    .option('--out-of-fold', 'ask for each picture only folds that had its driver in validation')
    .option('--drivers <a,b>', 'only these drivers', parseList)
    .option('--drives', "string each driver's pictures into a drive and score the alerts")
    .addOption(
      new Option('--preset <name>', 'with --drives: only this preset, or a JSON file')
        .default(ALL)
        .implies({ drives: true }),
    )
    .option(
      '--neighbours <n>',
      'score the mean over each picture and the n most alike as well',
      parseCount,
    )
    .option('--json', 'print one JSON object')
    .action(async (directory: string, flags: EvaluateFlags) => {
      done(
        await evaluate({
          directory,
          ensembleDirectory: await ensembleFolder(flags.ensemble),
          providers: flags.providers,
          outOfFold: flags.outOfFold === true,
          drivers: flags.drivers,
          presets: flags.drives === true ? presetsOf(flags.preset) : [],
          neighbours: flags.neighbours,
          json: flags.json === true,
        }),
      )
    })
}

function presetsOf(name: string): readonly Preset[] {
  return name === ALL ? PRESETS : [resolvePreset(name)]
}
