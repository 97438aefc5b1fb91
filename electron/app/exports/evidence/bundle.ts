import { stringify } from 'csv-stringify/sync'
import type { Drive } from '../../../contract/drives.ts'
import { STATES, type PredictionTable } from '../../../contract/predictionTable.ts'
import type { Millis } from '../../../core/frame.ts'
import { CLASSES } from '../../../core/labels.ts'
import { packBundle } from './archive.ts'
import { mjpegAvi } from './avi.ts'
import type { Evidence } from './evidence.ts'
import type { InstallationKey } from './installationKey.ts'
import { jpegSize } from '../../../contract/jpeg.ts'
import { readMe } from './readMe.ts'
import { PUBLIC_KEY_FILE, sha256, SIGNATURE_FILE, SUMS_FILE, sumsOf } from './sums.ts'

export const BUNDLE_SCHEMA = 'roadward-evidence/1'

/** Frames of unknown spacing are shown five a second. */
const FRAME_MS: Millis = 200

/** @returns a zip with everything that is known of one event, signed */
export function makeBundle(evidence: Evidence, key: InstallationKey): Uint8Array {
  const files = new Map<string, Uint8Array>()
  const put = (name: string, content: string | Uint8Array): void => {
    files.set(name, typeof content === 'string' ? new TextEncoder().encode(content) : content)
  }
  const { event, drive, table, clip, manifest } = evidence
  put('README.txt', readMe(evidence, key.fingerprint))
  put('bundle.json', json(aboutBundle(evidence, key)))
  put('event.json', json(event))
  put('drive.json', json(aboutDrive(drive)))
  put('preset.json', json(drive.preset))
  if (manifest !== undefined) put('ensemble-manifest.json', manifest)
  put('predictions.csv', predictionsCsv(table))
  if (clip.length > 0) {
    put('clip.avi', avi(clip))
    put('clip.csv', clipCsv(clip))
  }
  put(PUBLIC_KEY_FILE, key.publicPem)
  put(SUMS_FILE, sumsOf(files))
  put(SIGNATURE_FILE, key.sign(files.get(SUMS_FILE) ?? new Uint8Array()))
  return packBundle(files)
}

function aboutBundle(evidence: Evidence, key: InstallationKey) {
  const { event, drive, clip, faces, manifest, madeAt, madeBy, programVersion } = evidence
  return {
    schema: BUNDLE_SCHEMA,
    event: event.id,
    drive: drive.summary.id,
    made: { at: new Date(madeAt).toISOString(), by: madeBy, programVersion },
    key: { algorithm: 'Ed25519', fingerprint: key.fingerprint },
    faces,
    clip: {
      frames: clip.length,
      fromMs: clip[0]?.tMs,
      toMs: clip.at(-1)?.tMs,
      // What of the alert the pictures show is for the reader to know.
      complete: clip.length > 0 && (clip[0]?.tMs ?? Infinity) <= event.tMs,
    },
    ensembleManifest: manifest === undefined ? 'not found any more' : 'included',
  }
}

/** Without the spans and the other events: they are not about this one. */
function aboutDrive({ summary, folds, foldHashes, provider, programVersion, sourceHash }: Drive) {
  const { id, startedAt, origin, status, source, labels, ensemble, preset, durationMs, frames } =
    summary
  return {
    id,
    startedAt: new Date(startedAt).toISOString(),
    origin,
    status,
    // Where it lies on this machine is nobody's business.
    source: { kind: source.kind, name: source.name, sha256: sourceHash },
    labels,
    durationMs,
    frames,
    preset,
    programVersion,
    provider,
    ensemble: {
      ...ensemble,
      folds: folds.map((name, i) => ({ name, sha256: foldHashes[i] })),
    },
  }
}

function predictionsCsv(table: PredictionTable): string {
  const rows = [...table.tMs].map((tMs, i) => [
    tMs,
    ...table.probabilities.map((column) => column[i]),
    table.unsafe[i],
    table.disagreement[i],
    table.entropy[i],
    STATES[table.state[i] ?? -1],
  ])
  const columns = ['tMs', ...CLASSES, 'unsafe', 'disagreement', 'entropy', 'state']
  return stringify([columns, ...rows])
}

function clipCsv(clip: Evidence['clip']): string {
  return stringify([
    ['frame', 'tMs', 'sha256'],
    ...clip.map(({ tMs, jpeg }, i) => [i, tMs, sha256(jpeg)]),
  ])
}

function avi(clip: Evidence['clip']): Uint8Array {
  const [first] = clip
  const size = first && jpegSize(first.jpeg)
  if (size === undefined) throw new Error('a kept picture is no JPEG')
  const lastedMs = (clip.at(-1)?.tMs ?? 0) - (first?.tMs ?? 0)
  const frameMs = lastedMs > 0 ? lastedMs / (clip.length - 1) : FRAME_MS
  return mjpegAvi(
    clip.map(({ jpeg }) => jpeg),
    { ...size, frameMs },
  )
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
