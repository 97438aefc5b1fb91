import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { zipSync } from 'fflate'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { CLASSES } from '../../../../../electron/core/labels.ts'
import { packBundle, unpackBundle } from '../../../../../electron/app/exports/evidence/archive.ts'
import { makeBundle } from '../../../../../electron/app/exports/evidence/bundle.ts'
import type { Evidence } from '../../../../../electron/app/exports/evidence/evidence.ts'
import {
  installationKey,
  KEY_FILE,
  type InstallationKey,
} from '../../../../../electron/app/exports/evidence/installationKey.ts'
import { sumsOf } from '../../../../../electron/app/exports/evidence/sums.ts'
import { verifyBundle } from '../../../../../electron/app/exports/evidence/verify.ts'
import { driveOf, eventOf, spansOf } from '../report/drives.ts'

const folders: string[] = []

function keyOf(): InstallationKey {
  const folder = mkdtempSync(path.join(tmpdir(), 'roadward-key-'))
  folders.push(folder)
  return installationKey(folder)
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** The smallest thing with a size: SOI, a frame header of 8 by 6 pixels, EOI. */
const JPEG = Uint8Array.of(
  ...[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 6, 0, 8, 1, 1, 0x11, 0, 0xff, 0xd9],
)

const column = (): Float32Array => Float32Array.of(0.5, 0.25)

const EVIDENCE: Evidence = {
  event: eventOf({ id: 7 }),
  drive: driveOf({ spans: spansOf(['safe', 1000], ['unsafe', 9000, 'c1']), events: [] }),
  table: {
    kind: 'frames',
    tMs: Float64Array.of(2000, 2500),
    toMs: Float64Array.of(2000, 2500),
    probabilities: CLASSES.map(column),
    unsafe: column(),
    disagreement: column(),
    entropy: column(),
    state: Uint8Array.of(0, 1),
  },
  clip: [
    { tMs: 2000, jpeg: JPEG },
    { tMs: 2500, jpeg: JPEG },
  ],
  faces: 'blur',
  manifest: new TextEncoder().encode('{}'),
  madeAt: Date.UTC(2026, 10, 25),
  madeBy: 'Ann',
  programVersion: '0.1.0',
}

const key = keyOf()
const bundle = makeBundle(EVIDENCE, key)

function filesOf(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = unpackBundle(bytes)
  if ('problem' in files) throw new Error(files.problem)
  return new Map(files)
}

/** The bundle with other files, listed anew and signed by whoever. */
function forged(change: (files: Map<string, Uint8Array>) => void, by?: InstallationKey) {
  const files = filesOf(bundle)
  const signature = files.get('SHA256SUMS.sig') ?? new Uint8Array()
  files.delete('SHA256SUMS')
  files.delete('SHA256SUMS.sig')
  change(files)
  const sums = new TextEncoder().encode(sumsOf(files))
  files.set('SHA256SUMS', sums)
  files.set('SHA256SUMS.sig', by?.sign(sums) ?? signature)
  return packBundle(files)
}

const failed = (bytes: Uint8Array, expected?: string) =>
  verifyBundle(bytes, expected).checks.find(({ ok }) => !ok)?.what

describe('an evidence bundle', () => {
  it('is whole, and says by whom and when it was made', () => {
    const verdict = verifyBundle(bundle, key.fingerprint)
    expect(verdict.checks.map(({ what, ok }) => [what, ok])).toEqual(
      ['archive', 'files', 'hashes', 'signature', 'contents', 'key'].map((what) => [what, true]),
    )
    expect(verdict.about).toMatchObject({ event: 7, faces: 'blur', made: { by: 'Ann' } })
    expect(verdict.fingerprint).toBe(key.fingerprint)
  })

  it('is refused when any one byte of it is another', () => {
    const change = fc.tuple(
      fc.integer({ min: 0, max: bundle.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
    )
    fc.assert(
      fc.property(change, ([at, by]) => {
        const altered = bundle.slice()
        altered[at] = (altered[at] ?? 0) ^ by
        expect(verifyBundle(altered, undefined).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('is refused when it is cut short or goes on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bundle.length - 1 }), (length) => {
        expect(verifyBundle(bundle.slice(0, length), undefined).ok).toBe(false)
      }),
    )
    expect(failed(Uint8Array.of(...bundle, 0))).toBe('archive')
    expect(failed(Uint8Array.of(0, ...bundle))).toBe('archive')
  })

  it('is refused when a file was changed and listed anew without the key', () => {
    for (const name of [...filesOf(bundle).keys()].filter((each) => !each.startsWith('SHA'))) {
      const altered = forged((files) => files.set(name, new TextEncoder().encode('{}\n')))
      expect([name, verifyBundle(altered, undefined).ok]).toEqual([name, false])
    }
  })

  it('signed by somebody else does not pass for that of the installation', () => {
    const other = keyOf()
    const theirs = makeBundle(EVIDENCE, other)
    expect(verifyBundle(theirs, undefined)).toMatchObject({
      ok: true,
      fingerprint: other.fingerprint,
    })
    expect(failed(theirs, key.fingerprint)).toBe('key')
    const mixed = forged((files) => {
      files.set('signing-key.pem', new TextEncoder().encode(other.publicPem))
    }, other)
    expect(failed(mixed)).toBe('contents')
  })

  it('holds nothing beside what belongs in it, and lacks none of it', () => {
    expect(failed(forged((files) => files.set('more.txt', JPEG), key))).toBe('files')
    expect(failed(forged((files) => files.delete('event.json'), key))).toBe('files')
    const unlisted = filesOf(bundle)
    unlisted.set('more.txt', JPEG)
    expect(failed(packBundle(unlisted))).toBe('files')
  })

  it('writes nowhere else when it is unpacked', () => {
    for (const name of [
      '../evil.txt',
      '/etc/evil',
      'a/../../evil',
      'C:\\evil',
      'a/b/c.txt',
      '.hidden',
    ]) {
      expect(unpackBundle(packBundle(new Map([[name, JPEG]])))).toHaveProperty('problem')
    }
  })

  it('is refused compressed, so that it cannot unpack to more than it seems', () => {
    const bomb = zipSync({ 'README.txt': new Uint8Array(1_000_000) }, { level: 9 })
    expect(unpackBundle(bomb)).toEqual({ problem: 'README.txt is compressed' })
  })

  it('can be checked without Roadward', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'roadward-bundle-'))
    folders.push(folder)
    for (const [name, bytes] of filesOf(bundle)) writeFileSync(path.join(folder, name), bytes)
    const options = { cwd: folder, encoding: 'utf8' } as const
    expect(execFileSync('sha256sum', ['--check', 'SHA256SUMS'], options)).toContain(
      'event.json: OK',
    )
  })

  it('does not tell where the recording lies', () => {
    expect(Buffer.from(bundle).includes('/home/ann')).toBe(false)
  })
})

describe('the key of an installation', () => {
  it('is made once, and for its owner only', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'roadward-key-'))
    folders.push(folder)
    const { fingerprint } = installationKey(folder)
    expect(installationKey(folder).fingerprint).toBe(fingerprint)
    expect(fingerprint).toMatch(/^([0-9a-f]{4}-){15}[0-9a-f]{4}$/)
    expect(statSync(path.join(folder, KEY_FILE)).mode & 0o777).toBe(0o600)
  })

  it('is never replaced by another when it is damaged', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'roadward-key-'))
    folders.push(folder)
    writeFileSync(path.join(folder, KEY_FILE), 'no key')
    chmodSync(path.join(folder, KEY_FILE), 0o600)
    expect(() => installationKey(folder)).toThrow(expect.objectContaining({ code: 'key-unusable' }))
  })
})
