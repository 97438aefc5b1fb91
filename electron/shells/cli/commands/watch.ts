import type { Command } from 'commander'
import { parseNotNegative } from '../../../app/commandLine/parse.ts'
import { watch } from '../watch.ts'
import type { Done } from '../../../app/commandLine/done.ts'
import {
  addDriveOptions,
  requestOf,
  SOURCES,
  type DriveFlags,
} from '../../../app/commandLine/options.ts'

interface WatchFlags extends DriveFlags {
  readonly json?: true
  readonly speedKmh?: number
}

/** `roadward watch SOURCE`. */
export function addWatch(program: Command, done: Done): void {
  const command = program
    .command('watch')
    .argument('<source>', 'what to watch')
    .description('name the state of the driver in every frame, and raise alerts')
  addDriveOptions(command)
    .option('--json', 'one JSON object a line')
    .option('--speed-kmh <kmh>', 'vehicle speed, for presets that use it', parseNotNegative)
    .addHelpText('after', SOURCES)
    .action(async (source: string, flags: WatchFlags) => {
      const { json, speedKmh, verbose } = flags
      const request = await requestOf(source, flags)
      done(await watch({ request, json: json === true, speedKmh, verbose: verbose === true }))
    })
}
