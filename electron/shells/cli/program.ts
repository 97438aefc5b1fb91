import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { resolvePreset } from '../presets.ts'
import { PRESETS } from '../../core/presets/all.ts'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { MODELS_DIR } from '../paths.ts'
import { findEnsemble } from '../../inference/catalog.ts'
import { doctor } from './doctor.ts'
import { evaluateFolder } from './evaluate.ts'
import type { ExitCode } from './exitCodes.ts'
import {
  parseList,
  parseNotNegative,
  parsePositive,
  parseRegion,
  parseRotation,
  type Region,
} from './parse.ts'
import { addServeOptions, serve, type ServeFlags } from './serve.ts'
import { watch } from './watch.ts'

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 wrong use of the command line.`

const SOURCES = `
SOURCE is one of
  0, /dev/video0              a camera
  rtsp://..., http://...      a stream (RTSP, or MJPEG over HTTP)
  drive.mp4                   a video file
  pictures/, 'pictures/*.jpg' a folder or glob of pictures
  statefarm/                  a folder with driver_imgs_list.csv: one drive a driver, with truth`

const DEFAULT_ENSEMBLE = 'statefarm'
const DEFAULT_PRESET = 'roadward'
const PRESET_IDS = PRESETS.map(({ id }) => id).join(', ')

interface CommonFlags {
  readonly ensemble: string
  readonly providers?: readonly string[]
  readonly json?: true
  readonly verbose?: true
}

interface DriveFlags extends Omit<CommonFlags, 'json'> {
  readonly preset: string
  readonly speed: 'realtime' | 'max'
  readonly mirror?: true
  readonly rotate?: 0 | 90 | 180 | 270
  readonly region?: Region
  readonly fps?: number
  readonly drivers?: readonly string[]
  readonly allowBroken?: true
}

interface WatchFlags extends DriveFlags {
  readonly json?: true
  readonly speedKmh?: number
}

interface EvaluateFlags extends CommonFlags {
  readonly outOfFold?: true
  readonly drivers?: readonly string[]
}

/**
 * The command line. Parsing errors are thrown as commander's `CommanderError`.
 *
 * @param done takes the exit code of the command that ran
 */
export function buildProgram(done: (code: ExitCode) => void): Command {
  const program = new Command('roadward')
    .description('Watches the driver and raises an alert when an unsafe state persists.')
    .version(version())
    .option('--verbose', 'show stack traces of errors')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
  addWatch(program, done)
  addServe(program, done)
  addEvaluate(program, done)
  addDoctor(program, done)
  for (const command of program.commands) {
    command.exitOverride().option('--verbose', 'show stack traces of errors')
    command.addHelpText('after', EXIT_CODES)
  }
  return program
}

function addWatch(program: Command, done: (code: ExitCode) => void): void {
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

function addServe(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command('serve')
    .description('show the drive in a browser; prints the link to open')
    .option('--source <source>', 'what to watch; without it the screen asks')
  addServeOptions(addDriveOptions(command))
    .addHelpText('after', SOURCES)
    .action(async (flags: DriveFlags & ServeFlags & { readonly source?: string }) => {
      const { source } = flags
      done(await serve(await requestOf(source ?? '0', flags), source !== undefined, flags))
    })
}

/** What `watch` and `serve` have in common. */
function addDriveOptions(command: Command): Command {
  return command
    .addOption(ensembleOption())
    .addOption(providersOption())
    .option('--preset <name>', `${PRESET_IDS}, or a JSON file`, DEFAULT_PRESET)
    .addOption(
      new Option('--speed <pace>', 'pace of a recorded source')
        .choices(['realtime', 'max'])
        .default('realtime'),
    )
    .option('--mirror', 'right-hand drive: mirror the picture before the networks')
    .option('--rotate <degrees>', 'turn the picture clockwise', parseRotation)
    .option('--region <x,y,width,height>', 'watch only this part of the picture', parseRegion)
    .option('--fps <rate>', 'frames a second of a folder of pictures', parsePositive)
    .option('--drivers <a,b>', 'only these drivers of a State Farm folder', parseList)
    .option('--allow-broken', 'start without folds that are broken')
}

async function requestOf(source: string, flags: DriveFlags): Promise<DriveRequest> {
  const { mirror, rotate, region, fps, drivers, speed, allowBroken } = flags
  return {
    source: {
      uri: source,
      options: { mirror, rotate, region, framesPerSecond: fps, driver: drivers?.slice() },
    },
    ensemble: {
      directory: await findEnsemble(flags.ensemble, MODELS_DIR),
      providers: flags.providers?.slice(),
      allowBroken: allowBroken === true,
    },
    preset: resolvePreset(flags.preset),
    speed,
  }
}

function addEvaluate(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('evaluate')
    .argument('<directory>', 'State Farm folder')
    .description('score an ensemble on labelled pictures')
    .addOption(ensembleOption())
    .addOption(providersOption())
    .option('--out-of-fold', 'ask for each picture only folds that had its driver in validation')
    .option('--drivers <a,b>', 'only these drivers', parseList)
    .option('--json', 'print one JSON object')
    .action(async (directory: string, flags: EvaluateFlags) => {
      done(
        await evaluateFolder({
          directory,
          ensembleDirectory: await findEnsemble(flags.ensemble, MODELS_DIR),
          providers: flags.providers,
          outOfFold: flags.outOfFold === true,
          drivers: flags.drivers,
          json: flags.json === true,
        }),
      )
    })
}

function addDoctor(program: Command, done: (code: ExitCode) => void): void {
  program
    .command('doctor')
    .description('say what is installed and what can be used; exit code 1 when the app cannot run')
    .option('--json', 'print one JSON object')
    .action(async (flags: { readonly json?: true }) => {
      done(await doctor(flags.json === true))
    })
}

function ensembleOption(): Option {
  return new Option('--ensemble <id>', 'name under models/, or a folder').default(DEFAULT_ENSEMBLE)
}

function providersOption(): Option {
  return new Option(
    '--providers <a,b>',
    'execution providers in the order of preference (default: cuda,cpu)',
  ).argParser(parseList)
}

function version(): string {
  const file = new URL('../../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
