import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Drive, DriveEvent } from '../../contract/drives.ts'
import { unpackPredictions, type PredictionTable } from '../../contract/predictionTable.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'
import { makeBundle } from './evidence/bundle.ts'
import { installationKey } from './evidence/installationKey.ts'
import { listEnsembles } from '../../engine/inference/catalog.ts'
import { fileHashes } from '../../engine/inference/hashes.ts'
import { safe } from './report/fileName.ts'
import { programVersion } from '../recording/driveHeader.ts'
import {
  exportPicture,
  type ExportPicture,
  type PictureParts,
  type PicturePolicy,
} from './exportPictures.ts'
import type { ReportArchive } from './reportMaterial.ts'

/** Around the event, each way: what the recorder keeps. */
const AROUND_MS: Millis = 5000
/** Of an event that does not end, so much is shown. */
const MAX_EVENT_MS: Millis = 20_000
/** Between two pictures out of a recording: a reviewer sees every movement. */
const PICTURE_STEP_MS: Millis = 95
/** As the engine keeps pictures. */
const PICTURE_WIDTH = 640

export interface EvidenceParts extends PictureParts {
  readonly archive: ReportArchive
  /** Data folder, with the installation's key. */
  readonly directory: string
  readonly modelsDir: string
  /** Wall clock. */
  readonly now: () => number
}

export interface EvidenceWish extends PicturePolicy {
  readonly event: number
  /** Who asks for it, if they say so. */
  readonly madeBy?: string | undefined
}

/**
 * Packs and signs everything that is known of one event.
 *
 * @throws RoadwardError of the archive, of blurring, `key-unusable`
 */
export async function makeEvidence(
  parts: EvidenceParts,
  wish: EvidenceWish,
): Promise<{ readonly name: string; readonly bytes: Uint8Array; readonly fingerprint: string }> {
  const { archive, directory, modelsDir, now } = parts
  const { drive: id } = await archive.call('driveOf', { event: wish.event })
  const drive = await archive.call('get', { drive: id })
  const event = drive.events.find((each) => each.id === wish.event)
  if (event === undefined) {
    throw new RoadwardError('not-found', `There is no event ${wish.event} here.`, 'Load it again.')
  }
  const key = installationKey(directory)
  const window = windowOf(event)
  const packed = await archive.call('predictions', { drive: id, ...window, buckets: 0 })
  const table = unpackPredictions(Uint8Array.from(packed).buffer)
  const bytes = makeBundle(
    {
      event,
      drive,
      table,
      clip: await clipOf(parts, wish, drive, await timesOf(archive, drive, table, window)),
      faces: wish.faces,
      manifest: await manifestOf(drive, modelsDir),
      madeAt: now(),
      madeBy: wish.madeBy,
      programVersion: programVersion(),
    },
    key,
  )
  const day = new Date(drive.summary.startedAt).toISOString().slice(0, 10)
  const name = `roadward-evidence-${event.id}-${safe(drive.summary.source.name)}-${day}.zip`
  return { name, bytes, fingerprint: key.fingerprint }
}

interface Window {
  readonly fromMs: Millis
  readonly toMs: Millis
}

function windowOf({ sinceMs, tMs, clearedMs }: DriveEvent): Window {
  const endMs = Math.min(clearedMs ?? Infinity, tMs + MAX_EVENT_MS)
  return { fromMs: Math.min(sinceMs, tMs) - AROUND_MS, toMs: endMs + AROUND_MS }
}

/** When there are pictures to be had: as they were kept, or about ten a second of a recording. */
async function timesOf(
  archive: ReportArchive,
  { summary }: Drive,
  table: PredictionTable,
  { fromMs, toMs }: Window,
): Promise<readonly Millis[]> {
  switch (summary.pictures) {
    case 'none':
      return []
    case 'clips':
    case 'drive':
      return await archive.call('pictureTimes', { drive: summary.id, fromMs, toMs })
    case 'recording': {
      let last = -Infinity
      return [...table.tMs].filter((tMs) => {
        if (tMs - last < PICTURE_STEP_MS) return false
        last = tMs
        return true
      })
    }
  }
}

async function clipOf(
  parts: PictureParts,
  policy: PicturePolicy,
  { summary }: Drive,
  times: readonly Millis[],
): Promise<ExportPicture[]> {
  const clip: ExportPicture[] = []
  if (policy.faces === 'omit') return clip
  for (const tMs of times) {
    const at = { drive: summary.id, tMs, width: PICTURE_WIDTH }
    const picture = await exportPicture(parts, policy, at)
    if (picture !== undefined && picture.tMs > (clip.at(-1)?.tMs ?? -Infinity)) clip.push(picture)
  }
  return clip
}

/** Of the very networks that judged the drive: the manifest names their hashes. */
async function manifestOf(drive: Drive, modelsDir: string): Promise<Uint8Array | undefined> {
  const { id, version } = drive.summary.ensemble
  const entries = await listEnsembles(modelsDir)
  const entry = entries.find((each) => each.id === id && each.version === version)
  if (entry === undefined) return undefined
  const manifest = await readFile(path.join(entry.folder, 'manifest.json'))
  const same = drive.foldHashes
    .flatMap((hash) => fileHashes(hash))
    .every((hash) => manifest.includes(hash))
  return same ? new Uint8Array(manifest) : undefined
}
