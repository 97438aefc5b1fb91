import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { PinHash } from '../../contract/settings.ts'

const SALT_BYTES = 16
const HASH_BYTES = 32

/**
 * About 50 ms on one core. Eight digits withstand nobody who has the file, whatever the cost; the
 * PIN guards the screen, where the lock's delays make guessing slow.
 */
const COST = { N: 16_384, r: 8, p: 1 } as const

export async function hashPin(pin: string): Promise<PinHash> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(pin, salt)
  return { salt: salt.toString('base64url'), hash: hash.toString('base64url') }
}

export async function isPin(pin: string, { salt, hash }: PinHash): Promise<boolean> {
  const derived = await derive(pin, Buffer.from(salt, 'base64url'))
  const known = Buffer.from(hash, 'base64url')
  return known.length === HASH_BYTES && timingSafeEqual(derived, known)
}

function derive(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, COST, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
