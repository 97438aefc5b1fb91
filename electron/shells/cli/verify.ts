import { readFileSync, statSync } from 'node:fs'
import pc from 'picocolors'
import { RoadwardError } from '../../core/errors.ts'
import { MAX_BUNDLE_BYTES } from '../../app/exports/evidence/archive.ts'
import { fingerprintOf, publicKeyOf } from '../../app/exports/evidence/installationKey.ts'
import { isFingerprint, verifyBundle, type Verdict } from '../../app/exports/evidence/verify.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { printJson, printLine } from '../../app/commandLine/output.ts'

export interface VerifyOptions {
  readonly bundle: string
  /** Fingerprint, or file with a public key; undefined where nobody knows it. */
  readonly key: string | undefined
  readonly json: boolean
}

/**
 * Says in plain words what a bundle proves and what not.
 *
 * @returns exit code 1 when the bundle is refused
 * @throws RoadwardError `bundle-unreadable`, `key-not-understood`
 */
export function verify({ bundle, key, json }: VerifyOptions): ExitCode {
  const expected = key === undefined ? undefined : expectedFingerprint(key)
  const verdict = verifyBundle(bytesOf(bundle), expected)
  if (json) printJson({ bundle, ...verdict })
  else explain(verdict, expected !== undefined)
  return verdict.ok ? EXIT.done : EXIT.failed
}

function explain({ ok, checks, fingerprint, about }: Verdict, keyIsKnown: boolean): void {
  for (const { ok: fine, detail } of checks) {
    printLine(`  ${detail}`, fine ? pc.green('ok     ') : pc.red('REFUSED'))
  }
  if (fingerprint !== undefined) printLine(`Key: ${fingerprint}`)
  if (!ok) {
    printLine('This bundle proves nothing. Ask for it again.')
    return
  }
  if (about !== undefined) {
    const { at, by } = about.made
    printLine(`Alert ${about.event}, packed ${at}${by === undefined ? '' : ` by ${by}`}.`)
  }
  printLine(
    keyIsKnown
      ? 'Nothing was changed since the installation with that key signed it.'
      : 'Nothing was changed since the holder of this key signed it. Whose key it is, this does not say: compare it with `roadward key` of the installation, or name it with --key.',
  )
  printLine(
    'It does not prove that the clock was right, the recording genuine or the alert justified.',
  )
}

function bytesOf(file: string): Uint8Array {
  try {
    const { size } = statSync(file)
    if (size > MAX_BUNDLE_BYTES) throw new Error('it is larger than any bundle')
    return readFileSync(file)
  } catch (cause) {
    const { code = 'too large' } = cause as NodeJS.ErrnoException
    throw new RoadwardError(
      'bundle-unreadable',
      `${file} cannot be read (${code}).`,
      'Check its path.',
      {
        cause,
      },
    )
  }
}

function expectedFingerprint(key: string): string {
  if (isFingerprint(key)) return key
  const publicKey = publicKeyOf(readText(key))
  if (publicKey !== undefined) return fingerprintOf(publicKey)
  throw new RoadwardError(
    'key-not-understood',
    `--key ${key} is neither a fingerprint nor a file with an Ed25519 public key.`,
    'Ask the installation for the output of `roadward key`.',
  )
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
