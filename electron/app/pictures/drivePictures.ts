import type { ArchiveMethods } from '../../contract/archive.ts'
import type { HeatMap } from '../../contract/drives.ts'
import type { ResultOf } from '../../contract/rpc.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'
import type { ClassId } from '../../core/labels.ts'
import { listEnsembles } from '../../engine/inference/catalog.ts'
import { hashOf } from '../../engine/inference/hashes.ts'
import { readManifest } from '../../engine/inference/manifest.ts'
import type { ArchiveClient } from '../recording/openArchive.ts'
import type { ViewerClient } from './openViewer.ts'

type Source = ResultOf<ArchiveMethods['source']>

export interface DrivePicture {
  /** Of the frame, on the drive's clock. */
  readonly tMs: Millis
  readonly jpeg: Uint8Array
}

/** Pictures of recorded drives, wherever they are kept. */
export class DrivePictures {
  readonly #archive: ArchiveClient
  readonly #viewer: ViewerClient
  readonly #modelsDir: string

  constructor(archive: ArchiveClient, viewer: ViewerClient, modelsDir: string) {
    this.#archive = archive
    this.#viewer = viewer
    this.#modelsDir = modelsDir
  }

  /**
   * @param width at most, of pictures out of a recording; kept ones are as they were kept
   * @throws RoadwardError `no-picture`
   */
  async picture(drive: number, tMs: Millis, width: number): Promise<DrivePicture> {
    const source = await this.#archive.call('source', { drive })
    const picture =
      source.pictures === 'recording'
        ? await this.#recorded(source, tMs, width)
        : await this.#archive.call('picture', { drive, tMs })
    if (picture === undefined) throw noPicture(NONE_KEPT)
    return picture
  }

  /** @throws RoadwardError `no-picture`, `ensemble-not-found` */
  async heatMap(drive: number, tMs: Millis, id: ClassId): Promise<HeatMap> {
    const known = await this.#archive.call('heatMap', { drive, tMs, class: id })
    if (known !== undefined) return known
    const source = await this.#archive.call('source', { drive })
    const ensembleDirectory = await this.#ensembleOf(source)
    const of = await this.#original(drive, source, tMs)
    const map = await this.#viewer.call('heatMap', { of, tMs, class: id, ensembleDirectory })
    if (map === undefined) throw noPicture(NONE_KEPT)
    // Under the time that was asked for, so that asking again finds it.
    await this.#archive.call('keepHeatMap', { drive, map: { ...map, tMs } })
    return { ...map, tMs }
  }

  async #original(drive: number, source: Source, tMs: Millis) {
    if (source.pictures === 'recording') return { recording: recordingOf(source) }
    const kept = await this.#archive.call('picture', { drive, tMs })
    if (kept === undefined) throw noPicture(NONE_KEPT)
    return { jpeg: kept.jpeg }
  }

  async #recorded(source: Source, tMs: Millis, width: number): Promise<DrivePicture | undefined> {
    try {
      return await this.#viewer.call('picture', { recording: recordingOf(source), tMs, width })
    } catch (thrown) {
      if (!(thrown instanceof RoadwardError) || thrown.code === 'superseded') throw thrown
      // The recording was moved or deleted since.
      throw noPicture(thrown.message, MOVED, thrown)
    }
  }

  /** The networks that judged the drive, if they are still here. */
  async #ensembleOf({ ensemble, foldHashes }: Source): Promise<string> {
    for (const { folder, problem } of await listEnsembles(this.#modelsDir)) {
      if (problem !== undefined) continue
      const { manifest } = await readManifest(folder)
      const hashes = manifest.folds.map((fold) => hashOf(fold))
      const same = manifest.id === ensemble.id && manifest.version === ensemble.version
      if (same && foldHashes.every((hash) => hashes.includes(hash))) return folder
    }
    throw new RoadwardError(
      'ensemble-not-found',
      `The networks that judged this drive (${ensemble.id} ${ensemble.version}) are not here any more.`,
      'Put them back into models/, or analyse the recording again.',
    )
  }
}

const NONE_KEPT = 'No picture was kept of this moment.'

function recordingOf({ uri, options }: Source) {
  return { uri, options }
}

const MOVED =
  'If the recording was moved, analyse it again where it is now: it is known by its content, and its pictures are found again.'

function noPicture(message: string, tip?: string, cause?: Error): RoadwardError {
  return new RoadwardError('no-picture', message, tip, { cause })
}
