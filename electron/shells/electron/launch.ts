import { Command } from 'commander'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { addDriveOptions, requestOf, type DriveFlags } from '../../app/commandLine/options.ts'
import { firstSource } from '../../app/firstSource.ts'

/** What the app was asked to do. */
export interface Launch {
  readonly kiosk: boolean
  /** Begins at once. */
  readonly request: DriveRequest
  readonly verbose: boolean
}

type Flags = DriveFlags & { readonly kiosk?: true }

/**
 * `roadward-app [SOURCE] [--kiosk] [options of a drive]`; without a source the first camera that
 * can be used, or the demo drive.
 *
 * @param args without the program; switches of Chromium among them are none of our business
 * @throws CommanderError, RoadwardError
 */
export async function readLaunch(args: readonly string[]): Promise<Launch> {
  const command = addDriveOptions(new Command('roadward-app'))
    .argument('[source]')
    .option('--kiosk', 'fill the screen with the Driver view')
    .option('--verbose', 'log on standard error')
    .allowUnknownOption()
    .allowExcessArguments()
    .exitOverride()
    .parse([...args], { from: 'user' })
  const flags = command.opts<Flags>()
  const [given] = command.args.filter((arg) => !arg.startsWith('-'))
  const { uri, demo } = given === undefined ? await firstSource() : { uri: given, demo: false }
  const request = await requestOf(uri, demo ? { ...flags, ensemble: 'demo' } : flags)
  return { kiosk: flags.kiosk === true, request, verbose: flags.verbose === true }
}
