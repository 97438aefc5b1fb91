import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { RoadwardError } from '../../../core/errors.ts'

/** In the data folder; readable by its owner only. */
export const KEY_FILE = 'signing-key.pem'

/** Signs what leaves this installation, so that it can be told from what others made of it. */
export interface InstallationKey {
  /** SPKI, PEM. */
  readonly publicPem: string
  readonly fingerprint: string
  sign(bytes: Uint8Array): Uint8Array
}

/**
 * The installation's Ed25519 key; made at first use.
 *
 * @param directory data folder
 * @throws RoadwardError `key-unusable`
 */
export function installationKey(directory: string): InstallationKey {
  const file = path.join(directory, KEY_FILE)
  const privateKey = readKey(file) ?? makeKey(directory, file)
  const publicKey = createPublicKey(privateKey)
  return {
    publicPem: pemOf(publicKey),
    fingerprint: fingerprintOf(publicKey),
    sign: (bytes) => new Uint8Array(sign(null, bytes, privateKey)),
  }
}

/**
 * SHA-256 of the public key (SPKI, DER) as 16 groups of four hexadecimal digits, to be compared
 * over the telephone.
 */
export function fingerprintOf(key: KeyObject): string {
  const hash = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
  return hash.match(/.{4}/g)?.join('-') ?? ''
}

/** @returns undefined for anything but one Ed25519 public key in the form that `publicPem` has */
export function publicKeyOf(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem)
    // A private key would be accepted, too, and be in everybody's hands.
    return key.asymmetricKeyType === 'ed25519' && pemOf(key) === pem ? key : undefined
  } catch {
    return undefined
  }
}

export function isSignedBy(bytes: Uint8Array, signature: Uint8Array, key: KeyObject): boolean {
  return verify(null, bytes, key, signature)
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString()
}

function readKey(file: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(readFileSync(file))
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('it is no Ed25519 key')
    return key
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new RoadwardError(
      'key-unusable',
      `The signing key ${file} cannot be used: ${cause instanceof Error ? cause.message : ''}.`,
      'Restore it from a copy. If there is none, move it away: the next bundle is signed by a new key.',
      { cause },
    )
  }
}

/** Complete on the disk before it has its name; of two that make one at a time the first wins. */
function makeKey(directory: string, file: string): KeyObject {
  mkdirSync(directory, { recursive: true })
  const { privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const fresh = `${file}.${process.pid}.new`
  const fd = openSync(fresh, 'wx', 0o600)
  try {
    writeSync(fd, pem.toString())
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  try {
    linkSync(fresh, file)
  } catch (thrown) {
    // Some file systems know no links.
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') copyFileSync(fresh, file)
  } finally {
    rmSync(fresh)
  }
  return readKey(file) ?? privateKey
}
