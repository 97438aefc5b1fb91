import { unzipSync, zipSync } from 'fflate'

/** Names and contents, in the order of the archive. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>

/** What the archive says of a file that it cannot hold. */
export interface BadArchive {
  readonly problem: string
}

/** No evidence of one alert comes near it. */
export const MAX_BUNDLE_BYTES = 1024 * 1024 * 1024

/** Plain relative names: nothing can be written outside the folder it is unpacked to. */
const NAME = /^(?:[a-z0-9][a-z0-9_-]*\/)?[A-Za-z0-9][A-Za-z0-9_.-]*$/

/** The earliest that a zip can say, in local time, so that its bytes are the same everywhere. */
const NO_TIME = new Date(1980, 0, 1)

/**
 * A zip that has only one form: files stored uncompressed in this order, no times, no comments. So
 * reading can insist on that form, and nothing can hide between the files.
 */
export function packBundle(files: BundleFiles): Uint8Array {
  return zipSync(Object.fromEntries(files), { level: 0, mtime: NO_TIME })
}

/** Reads what `packBundle` wrote; anything else is refused with the reason. */
export function unpackBundle(bytes: Uint8Array): BundleFiles | BadArchive {
  if (bytes.length > MAX_BUNDLE_BYTES) return { problem: 'it is larger than any bundle' }
  let bad: string | undefined
  const seen = new Set<string>()
  let unpacked: Record<string, Uint8Array>
  try {
    unpacked = unzipSync(bytes, {
      filter: ({ name, compression, size, originalSize }) => {
        if (!NAME.test(name) || name === '__proto__')
          bad ??= `it names a file ${JSON.stringify(name)}`
        if (seen.has(name)) bad ??= `it holds ${name} twice`
        // Compressed contents could unpack to any size.
        if (compression !== 0 || size !== originalSize) bad ??= `${name} is compressed`
        seen.add(name)
        return bad === undefined
      },
    })
  } catch (thrown) {
    return {
      problem: `it is no whole zip (${thrown instanceof Error ? thrown.message : 'damaged'})`,
    }
  }
  if (bad !== undefined) return { problem: bad }
  const files = new Map(Object.entries(unpacked))
  const same = Buffer.compare(packBundle(files), bytes) === 0
  return same
    ? files
    : { problem: 'its structure is not that of a bundle: it was altered, or packed anew' }
}
