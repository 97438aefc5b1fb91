import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { listCameras } from '../../capture/cameras.ts'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { addDriveOptions, requestOf, type DriveFlags } from '../cli/commands/options.ts'
import { DEMO_DRIVE } from '../paths.ts'

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
  const demo = given === undefined && !(await hasCamera()) && existsSync(DEMO_DRIVE)
  const source = given ?? (demo ? DEMO_DRIVE : '0')
  const request = await requestOf(source, demo ? { ...flags, ensemble: 'demo' } : flags)
  return { kiosk: flags.kiosk === true, request, verbose: flags.verbose === true }
}

async function hasCamera(): Promise<boolean> {
  return (await listCameras()).some(({ obstacle }) => obstacle === undefined)
}
