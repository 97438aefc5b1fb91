import { createHash } from 'node:crypto'
import type { BundleFiles } from './archive.ts'

/** As `sha256sum --check` reads it. */
export const SUMS_FILE = 'SHA256SUMS'
/** Ed25519 over the bytes of `SHA256SUMS`: 64 bytes. */
export const SIGNATURE_FILE = 'SHA256SUMS.sig'
/** The public half; the name in the data folder is that of the private one. */
export const PUBLIC_KEY_FILE = 'signing-key.pem'

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function sumsOf(files: BundleFiles): string {
  return [...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join('')
}

/** @returns hash by name; undefined where the text is not exactly what `sumsOf` writes */
export function parseSums(text: string): ReadonlyMap<string, string> | undefined {
  const entries = text
    .split('\n')
    .slice(0, -1)
    .map((line) => /^([0-9a-f]{64}) {2}(\S+)$/.exec(line))
  const sums = new Map(entries.map((match) => [match?.[2] ?? '', match?.[1] ?? '']))
  const again = [...sums].map(([name, hash]) => `${hash}  ${name}\n`).join('')
  return again === text && text !== '' ? sums : undefined
}
