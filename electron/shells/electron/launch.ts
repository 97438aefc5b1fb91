import { Command } from 'commander'
import type { WatchChoice } from '../../contract/settings.ts'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import { addDriveOptions, requestOf, type DriveFlags } from '../../app/commandLine/options.ts'
import { firstSource } from '../../app/firstSource.ts'
import { requestOfChoice } from '../../app/watchChoice.ts'

/** What the app was asked to do. */
export interface Launch {
  readonly kiosk: boolean
  /** Begins at once. */
  readonly request: DriveRequest
  /** Somebody named it on the command line: it is what the next start begins with, too. */
  readonly named: boolean
  /** Why it is not what was chosen the last time. */
  readonly notice: Problem | undefined
  readonly verbose: boolean
}

/** Options that are not those of a drive. */
const OF_THE_APP: ReadonlySet<string> = new Set(['kiosk', 'verbose'])

type Flags = DriveFlags & { readonly kiosk?: true }

/**
 * `roadward-app [SOURCE] [--kiosk] [options of a drive]`; without a source what was chosen the last
 * time, and before anybody has chosen the first camera that can be used, or the demo drive.
 *
 * @param args without the program; switches of Chromium among them are none of our business
 * @param chosen the last time, from the settings
 * @throws CommanderError, RoadwardError
 */
export async function readLaunch(
  args: readonly string[],
  chosen: WatchChoice | undefined,
): Promise<Launch> {
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
  const named = given !== undefined || namesDrive(command)
  const { request, notice } = named ? {} : await chosenDrive(chosen)
  return {
    kiosk: flags.kiosk === true,
    request: request ?? (await namedDrive(given, flags)),
    named,
    notice,
    verbose: flags.verbose === true,
  }
}

/** Whether any option of a drive is among the words of the call. */
function namesDrive(command: Command): boolean {
  return command.options
    .map((option) => option.attributeName())
    .some((name) => !OF_THE_APP.has(name) && command.getOptionValueSource(name) === 'cli')
}

async function namedDrive(given: string | undefined, flags: Flags): Promise<DriveRequest> {
  const { uri, demo } = given === undefined ? await firstSource() : { uri: given, demo: false }
  return requestOf(uri, demo ? { ...flags, ensemble: 'demo' } : flags)
}

interface Chosen {
  readonly request?: DriveRequest
  readonly notice?: Problem
}

/** A kiosk that starts by itself must watch, also when an update took away what it used. */
async function chosenDrive(chosen: WatchChoice | undefined): Promise<Chosen> {
  if (chosen === undefined) return {}
  try {
    return { request: await requestOfChoice(chosen) }
  } catch (thrown) {
    if (!(thrown instanceof RoadwardError)) throw thrown
    return {
      notice: {
        severity: 'warning',
        code: 'choice-gone',
        message: `What was watched last cannot be watched again: ${thrown.message}`,
        tip: 'Choose source, networks and preset anew.',
      },
    }
  }
}
