import { type Command, Option } from 'commander'
import { PRESETS } from '../../core/monitor/presets/all.ts'
import { facesSchema, type Faces, type HeadZone } from '../../contract/exports.ts'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { RoadwardError } from '../../core/errors.ts'
import { ensembleFolder } from '../ensembles.ts'
import { resolvePreset } from '../presets.ts'
import {
  parseHeadZone,
  parseList,
  parsePositive,
  parseRegion,
  parseRotation,
  type Region,
} from './parse.ts'

/** Help text of every command that takes a source. */
export const SOURCES = `
SOURCE is one of
  0, /dev/video0              a camera
  rtsp://..., http://...      a stream (RTSP, or MJPEG over HTTP)
  drive.mp4                   a video file
  pictures/, 'pictures/*.jpg' a folder or glob of pictures
  statefarm/                  a folder with driver_imgs_list.csv: one drive a driver, with truth`

const DEFAULT_ENSEMBLE = 'statefarm'
const DEFAULT_PRESET = 'roadward'
const PRESET_IDS = PRESETS.map(({ id }) => id).join(', ')

/** Flags of every command that runs an ensemble. */
export interface EnsembleFlags {
  readonly ensemble: string
  readonly providers?: readonly string[]
}

/** Flags of every command that runs a preset over pictures. */
export interface AnalysisFlags extends EnsembleFlags {
  readonly preset: string
  readonly mirror?: true
  readonly rotate?: 0 | 90 | 180 | 270
  readonly region?: Region
  readonly fps?: number
  readonly allowBroken?: true
}

export interface DriveFlags extends AnalysisFlags {
  readonly speed: 'realtime' | 'max'
  readonly drivers?: readonly string[]
  readonly verbose?: true
}

/** `--ensemble` and `--providers`. */
export function addEnsembleOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--ensemble <id>', 'name under models/, or a folder').default(DEFAULT_ENSEMBLE),
    )
    .addOption(
      new Option(
        '--providers <a,b>',
        'execution providers in the order of preference (default: cuda,cpu)',
      ).argParser(parseList),
    )
}

/** What `watch`, `serve` and `replay` have in common. */
export function addAnalysisOptions(command: Command): Command {
  return addEnsembleOptions(command)
    .option('--preset <name>', `${PRESET_IDS}, or a JSON file`, DEFAULT_PRESET)
    .option('--mirror', 'right-hand drive: mirror the picture before the networks')
    .option('--rotate <degrees>', 'turn the picture clockwise', parseRotation)
    .option('--region <x,y,width,height>', 'watch only this part of the picture', parseRegion)
    .option('--fps <rate>', 'frames a second of a folder of pictures', parsePositive)
    .option('--allow-broken', 'start without folds that are broken')
}

/** What `watch` and `serve` have in common. */
export function addDriveOptions(command: Command): Command {
  return addAnalysisOptions(command)
    .addOption(
      new Option('--speed <pace>', 'pace of a recorded source')
        .choices(['realtime', 'max'])
        .default('realtime'),
    )
    .option('--drivers <a,b>', 'only these drivers of a State Farm folder', parseList)
}

/** The drive that the flags of `addDriveOptions` ask for. */
export async function requestOf(source: string, flags: DriveFlags): Promise<DriveRequest> {
  if (source.trim() === '') throw sourceEmpty()
  const { mirror, rotate, region, fps, drivers, speed, allowBroken } = flags
  return {
    source: {
      uri: source,
      options: { mirror, rotate, region, framesPerSecond: fps, driver: drivers?.slice() },
    },
    ensemble: {
      directory: await ensembleFolder(flags.ensemble),
      providers: flags.providers?.slice(),
      allowBroken: allowBroken === true,
    },
    preset: resolvePreset(flags.preset),
    speed,
  }
}

function sourceEmpty(): RoadwardError {
  return new RoadwardError(
    'source-empty',
    'The source is an empty text.',
    'Name a camera by its number, such as 0, a file, a folder, or the address of a stream.',
  )
}

/** Flags of every command that may export pictures. */
export interface PrivacyFlags {
  readonly faces: Faces
  readonly headZone?: HeadZone
}

/** `--faces` and `--head-zone`. */
export function addPrivacyOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--faces <treatment>', 'pictures: left out, unrecognisable, or as they are')
        .choices(facesSchema.options)
        .default('omit'),
    )
    .option(
      '--head-zone <x,y,width,height>',
      'where heads are, in percent of the picture (default: 0,0,100,65)',
      parseHeadZone,
    )
}
