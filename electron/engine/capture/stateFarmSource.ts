import { readFile, readdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FrameSource, Problem, SourceItem } from '../../core/ports.ts'
import type { PictureDrive, PictureEntry } from './pictureSource.ts'
import { picturesDurationMs, playPictures } from './pictureSource.ts'
import { RecordedSource } from './recordedSource.ts'
import { sourceError } from '../../contract/sourceErrors.ts'
import { DEFAULT_PICTURES_PER_SECOND } from './sourceOptions.ts'
import type { SourceOptions } from './sourceOptions.ts'
import { parseStateFarmList, rowsByDriver, STATE_FARM_LIST } from './stateFarmList.ts'
import type { StateFarmRow } from './stateFarmList.ts'

/**
 * The folder with the list: `folder` itself or its only child that has one; undefined if neither.
 * @throws RoadwardError `statefarm-ambiguous`
 */
export async function findStateFarmRoot(folder: string): Promise<string | undefined> {
  if (existsSync(join(folder, STATE_FARM_LIST))) return folder
  const children = await readdir(folder, { withFileTypes: true })
  const roots = children
    .filter((child) => child.isDirectory() && existsSync(join(folder, child.name, STATE_FARM_LIST)))
    .map((child) => child.name)
  if (roots.length <= 1) return roots[0] === undefined ? undefined : join(folder, roots[0])
  throw sourceError(
    'statefarm-ambiguous',
    `The folder ${folder} holds ${roots.length} State Farm folders: ${roots.join(', ')}.`,
    'Name one of them.',
  )
}

/**
 * A drive per driver, drivers and pictures in the order of the list, with the truth per frame.
 * @param root the folder that holds the list
 * @throws RoadwardError `statefarm-csv`, `statefarm-driver`, `statefarm-without-pictures`
 */
export async function openStateFarm(
  uri: string,
  root: string,
  options: SourceOptions,
): Promise<FrameSource> {
  const path = join(root, STATE_FARM_LIST)
  const list = parseStateFarmList(await readFile(path, 'utf8'), path)
  const drivers = rowsByDriver(list.rows)
  const chosen = chooseDrivers(drivers, options.driver, path)
  const present = await presentPictures(root)
  const drives = chosen.map(([driver, rows]) => makeDrive(driver, rows, present))
  const frames = drives.reduce((sum, drive) => sum + drive.pictures.length, 0)
  const listed = chosen.reduce((sum, [, rows]) => sum + rows.length, 0)
  if (frames === 0) {
    throw sourceError(
      'statefarm-without-pictures',
      `The list ${path} names ${listed} pictures, but none of them is in ${join(root, 'imgs', 'train')}.`,
      'Unpack the pictures beside the list, as imgs/train/c0 to imgs/train/c9.',
    )
  }
  return new RecordedSource(
    {
      uri,
      kind: 'statefarm',
      live: false,
      width: undefined,
      height: undefined,
      framesPerSecond: options.framesPerSecond ?? DEFAULT_PICTURES_PER_SECOND,
      frames,
    },
    playStateFarm(uri, drives, remarks(root, listed - frames, list.repeated), options),
    picturesDurationMs(drives, options),
  )
}

/**
 * The picture files of each driver that are there, in the order of the list.
 * @param root the folder that holds the list
 * @throws RoadwardError `statefarm-csv`
 */
export async function stateFarmFiles(
  root: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const path = join(root, STATE_FARM_LIST)
  const drivers = rowsByDriver(parseStateFarmList(await readFile(path, 'utf8'), path).rows)
  const present = await presentPictures(root)
  const filesOf = (driver: string, rows: readonly StateFarmRow[]): readonly string[] =>
    makeDrive(driver, rows, present).pictures.map((picture) => picture.path)
  return new Map([...drivers].map(([driver, rows]) => [driver, filesOf(driver, rows)]))
}

async function* playStateFarm(
  uri: string,
  drives: readonly PictureDrive[],
  problems: readonly Problem[],
  options: SourceOptions,
): AsyncGenerator<SourceItem, void> {
  // Told once, not with every jump.
  if (!options.startAtMs) {
    for (const problem of problems) yield { kind: 'problem', problem }
  }
  yield* playPictures(uri, drives, options)
}

function remarks(root: string, missing: number, repeated: number): Problem[] {
  const problems: Problem[] = []
  if (missing > 0) {
    problems.push({
      severity: 'warning',
      code: 'pictures-missing',
      message: `${missing} pictures of the list in ${root} have no file; their moments are left out.`,
      tip: 'Unpack the archive again if it should be complete.',
    })
  }
  if (repeated > 0) {
    problems.push({
      severity: 'warning',
      code: 'pictures-twice',
      message: `The list in ${root} repeats ${repeated} of its rows; each picture is played and counted once.`,
      tip: 'Take the repeated rows out of the list.',
    })
  }
  return problems
}

type Drivers = readonly (readonly [string, readonly StateFarmRow[]])[]

function chooseDrivers(
  drivers: ReadonlyMap<string, readonly StateFarmRow[]>,
  wanted: readonly string[] | undefined,
  path: string,
): Drivers {
  if (wanted === undefined) return [...drivers]
  const unknown = wanted.filter((driver) => !drivers.has(driver))
  if (unknown.length > 0 || wanted.length === 0) {
    throw sourceError(
      'statefarm-driver',
      `The list ${path} has no driver ${unknown.join(', ')}.`,
      `Choose from ${[...drivers.keys()].join(', ')}.`,
    )
  }
  return [...drivers].filter(([driver]) => wanted.includes(driver))
}

/** `class/name` to path of every picture below the first folder of the known layouts. */
async function presentPictures(root: string): Promise<ReadonlyMap<string, string>> {
  const layouts = [join(root, 'imgs', 'train'), join(root, 'train'), root]
  const folder = layouts.find((layout) => existsSync(layout)) ?? root
  const paths = new Map<string, string>()
  for (const { name: label } of await readdir(folder, { withFileTypes: true })) {
    if (!/^c[0-9]$/.test(label)) continue
    for (const name of await readdir(join(folder, label))) {
      paths.set(`${label}/${name}`, join(folder, label, name))
    }
  }
  return paths
}

/** A missing picture keeps its place in time: the others stay where they were. */
function makeDrive(
  driver: string,
  rows: readonly StateFarmRow[],
  present: ReadonlyMap<string, string>,
): PictureDrive {
  const pictures: PictureEntry[] = []
  for (const [seq, { truth, image }] of rows.entries()) {
    const path = present.get(`${truth}/${image}`)
    if (path !== undefined) pictures.push({ path, seq, truth })
  }
  return { label: driver, pictures }
}
