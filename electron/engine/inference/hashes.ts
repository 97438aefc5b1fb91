import type { ManifestFold } from '../../contract/manifest.ts'

/** What tells a fold from another: the SHA-256 of its file, and after a "+" that of its backbone. */
export function hashOf({ sha256, trunk }: Pick<ManifestFold, 'sha256' | 'trunk'>): string {
  return trunk === undefined ? sha256 : `${sha256}+${trunk.sha256}`
}

/** The hashes of the files behind `hashOf`. */
export function fileHashes(hash: string): readonly string[] {
  return hash.split('+')
}
