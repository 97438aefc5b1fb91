import { type Command, Option } from 'commander'
import { ensembleFolder } from '../../../app/ensembles.ts'
import { dataDir } from '../../../app/paths.ts'
import { resolvePreset } from '../../../app/presets.ts'
import { parseLabel } from '../../../app/commandLine/parse.ts'
import { replay } from '../replay.ts'
import type { Done } from '../../../app/commandLine/done.ts'
import { addAnalysisOptions, type AnalysisFlags } from '../../../app/commandLine/options.ts'

interface ReplayFlags extends AnalysisFlags {
  readonly out?: string
  readonly driver?: string
  readonly vehicle?: string
  readonly json?: true
  readonly verbose?: true
}

const RECORDINGS = `
FILE is a video, a folder or glob of pictures, or a State Farm folder (one drive a driver).
What was analysed before by the same ensemble and preset is skipped; what was interrupted goes on.`

/** `roadward replay FILE...`. */
export function addReplay(program: Command, done: Done): void {
  const command = program
    .command('replay')
    .argument('<files...>', 'recordings')
    .description('analyse recorded drives at full speed and keep them for review')
  addAnalysisOptions(command)
    .addOption(new Option('--out <directory>', 'data folder; by default where `serve` looks'))
    .option('--driver <name>', 'label of the driver', parseLabel)
    .option('--vehicle <name>', 'label of the vehicle', parseLabel)
    .option('--json', 'one JSON object a line')
    .addHelpText('after', RECORDINGS)
    .action(async (files: readonly string[], flags: ReplayFlags) => {
      const { mirror, rotate, region, fps, providers, allowBroken } = flags
      done(
        await replay({
          files,
          directory: flags.out ?? dataDir(),
          options: { mirror, rotate, region, framesPerSecond: fps },
          ensemble: {
            directory: await ensembleFolder(flags.ensemble),
            providers: providers?.slice(),
            allowBroken: allowBroken === true,
          },
          preset: resolvePreset(flags.preset),
          labels: { driver: flags.driver, vehicle: flags.vehicle },
          json: flags.json === true,
          verbose: flags.verbose === true,
        }),
      )
    })
}
