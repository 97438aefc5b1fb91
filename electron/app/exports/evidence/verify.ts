import { z } from 'zod'
import { BUNDLE_SCHEMA } from './bundle.ts'
import { unpackBundle, type BundleFiles } from './archive.ts'
import { fingerprintOf, isSignedBy, publicKeyOf } from './installationKey.ts'
import { parseSums, PUBLIC_KEY_FILE, sha256, SIGNATURE_FILE, SUMS_FILE } from './sums.ts'

/** One question that was asked of the bundle. */
interface Check {
  readonly what: 'archive' | 'files' | 'hashes' | 'signature' | 'contents' | 'key'
  readonly ok: boolean
  /** One sentence. */
  readonly detail: string
}

export interface Verdict {
  /** Every check was passed. */
  readonly ok: boolean
  /** In order; after one that failed the others have no meaning and are left out. */
  readonly checks: readonly Check[]
  /** Of the key that signed; undefined where it did not come to that. */
  readonly fingerprint: string | undefined
  readonly about: About | undefined
}

const aboutSchema = z.object({
  schema: z.literal(BUNDLE_SCHEMA),
  event: z.int(),
  drive: z.int(),
  made: z.object({ at: z.iso.datetime(), by: z.string().optional(), programVersion: z.string() }),
  key: z.object({ algorithm: z.literal('Ed25519'), fingerprint: z.string() }),
  faces: z.enum(['omit', 'blur', 'keep']),
})

type About = z.infer<typeof aboutSchema>

/** Every bundle has these; nothing else than these and those below may be in it. */
const ALWAYS = [
  'README.txt',
  'bundle.json',
  'event.json',
  'drive.json',
  'preset.json',
  'predictions.csv',
  PUBLIC_KEY_FILE,
]
const PERHAPS = ['ensemble-manifest.json', 'clip.avi', 'clip.csv']

/**
 * Checks a bundle without believing anything in it.
 *
 * @param bytes of the zip
 * @param expected fingerprint of the key that it should be signed with, if it is known
 */
export function verifyBundle(bytes: Uint8Array, expected: string | undefined): Verdict {
  const checks: Check[] = []
  /** @returns whether to go on */
  const check = (what: Check['what'], problem: string | undefined, fine: string): boolean => {
    checks.push({ what, ok: problem === undefined, detail: problem ?? fine })
    return problem === undefined
  }
  const verdict = (fingerprint?: string, about?: About): Verdict => ({
    ok: checks.every(({ ok }) => ok),
    checks,
    fingerprint,
    about,
  })

  const files = unpackBundle(bytes)
  if ('problem' in files) {
    check('archive', `The archive is refused: ${files.problem}.`, '')
    return verdict()
  }
  check('archive', undefined, 'The archive is whole and holds nothing beside its files.')
  const sums = parseSums(textOf(files, SUMS_FILE))
  if (!check('files', fileProblem(files, sums), `All ${files.size} files are there, and no other.`))
    return verdict()
  if (!check('hashes', hashProblem(files, sums), 'Every file has the hash in SHA256SUMS.'))
    return verdict()

  const key = publicKeyOf(textOf(files, PUBLIC_KEY_FILE))
  const signed =
    key !== undefined && isSignedBy(bytesOf(files, SUMS_FILE), bytesOf(files, SIGNATURE_FILE), key)
  const unsigned = signed ? undefined : 'The signature over SHA256SUMS is not valid.'
  if (!check('signature', unsigned, 'The signature over SHA256SUMS is valid.') || !key)
    return verdict()
  const fingerprint = fingerprintOf(key)

  const about = aboutOf(textOf(files, 'bundle.json'))
  const odd =
    about?.key.fingerprint === fingerprint ? undefined : 'bundle.json does not fit this bundle.'
  if (!check('contents', odd, 'bundle.json fits the bundle and its key.'))
    return verdict(fingerprint)
  if (expected !== undefined) {
    const other = isSameFingerprint(expected, fingerprint)
      ? undefined
      : 'It was signed by another key than the one you named.'
    check('key', other, 'It was signed by the key you named.')
  }
  return verdict(fingerprint, about)
}

/** Digits only: people write fingerprints with spaces, colons and capitals. */
function isSameFingerprint(a: string, b: string): boolean {
  return digits(a) === digits(b)
}

/** @returns whether it can be one */
export function isFingerprint(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(digits(text))
}

function digits(fingerprint: string): string {
  return fingerprint.toLowerCase().replace(/[\s:-]/g, '')
}

function fileProblem(
  files: BundleFiles,
  sums: ReadonlyMap<string, string> | undefined,
): string | undefined {
  if (sums === undefined) return 'SHA256SUMS is missing or cannot be read.'
  const missing = [...ALWAYS, SIGNATURE_FILE, ...sums.keys()].find((name) => !files.has(name))
  if (missing !== undefined) return `The file ${missing} is missing.`
  const listed = (name: string): boolean => sums.has(name)
  const extra = [...files.keys()].find(
    (name) => name !== SUMS_FILE && name !== SIGNATURE_FILE && !listed(name),
  )
  if (extra !== undefined) return `The file ${extra} is not in SHA256SUMS.`
  const strange = [...sums.keys()].find((name) => ![...ALWAYS, ...PERHAPS].includes(name))
  return strange === undefined ? undefined : `The file ${strange} does not belong in a bundle.`
}

function hashProblem(
  files: BundleFiles,
  sums: ReadonlyMap<string, string> | undefined,
): string | undefined {
  const changed = [...(sums ?? [])].find(([name, hash]) => sha256(bytesOf(files, name)) !== hash)
  return changed === undefined ? undefined : `The file ${changed[0]} was changed.`
}

function aboutOf(text: string): About | undefined {
  try {
    return aboutSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function bytesOf(files: BundleFiles, name: string): Uint8Array {
  return files.get(name) ?? new Uint8Array()
}

function textOf(files: BundleFiles, name: string): string {
  return new TextDecoder().decode(bytesOf(files, name))
}
