import { Option, type Command } from 'commander'
import { PRESETS } from '../../../core/presets/all.ts'
import type { Preset } from '../../../core/preset.ts'
import { findEnsemble } from '../../../inference/catalog.ts'
import { MODELS_DIR } from '../../paths.ts'
import { resolvePreset } from '../../presets.ts'
import { evaluateFolder } from '../evaluate.ts'
import { parseCount, parseList } from '../parse.ts'
import type { Done } from './done.ts'
import { addEnsembleOptions, type EnsembleFlags } from './options.ts'

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
        await evaluateFolder({
          directory,
          ensembleDirectory: await findEnsemble(flags.ensemble, MODELS_DIR),
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
