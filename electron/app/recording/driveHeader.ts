import { shownAddress } from '../../contract/address.ts'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { DriveHeader } from '../../contract/archive.ts'
import type { EngineEventOf } from '../../contract/events.ts'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { hashOf } from '../../engine/inference/hashes.ts'
import { readManifest } from '../../engine/inference/manifest.ts'
import { PACKAGE_FILE } from '../paths.ts'

/** What only the caller knows of a drive. */
export type HeaderRest = Pick<DriveHeader, 'startedAt' | 'origin' | 'labels' | 'pictures'> &
  Partial<Pick<DriveHeader, 'sourceHash' | 'analysisKey'>> & { readonly name?: string | undefined }

/** @throws RoadwardError of the manifest, which the engine has read a moment ago */
export async function driveHeader(
  request: DriveRequest,
  opened: EngineEventOf<'opened'>,
  { name, ...rest }: HeaderRest,
): Promise<DriveHeader> {
  const { manifest } = await readManifest(request.ensemble.directory)
  const hashes = new Map(manifest.folds.map((fold) => [fold.name, hashOf(fold)]))
  const { folds, ...ensemble } = opened.ensemble
  const uri = shownAddress(request.source.uri)
  return {
    ...rest,
    source: { uri, kind: opened.source.kind, name: name ?? nameOf(uri) },
    options: request.source.options,
    ensemble,
    folds,
    foldHashes: folds.map((fold) => hashes.get(fold) ?? ''),
    provider: opened.provider,
    preset: request.preset,
    programVersion: programVersion(),
  }
}

/** Streams may carry a user and a password, which have no place in an archive. */
function nameOf(uri: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(uri) ? uri : basename(uri)
}

export function programVersion(): string {
  return (JSON.parse(readFileSync(PACKAGE_FILE, 'utf8')) as { version: string }).version
}
