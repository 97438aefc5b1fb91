import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const CHROMIUM = process.env['ROADWARD_CHROMIUM'] ?? '/usr/bin/chromium'
const ROOT = new URL('../..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'roadward-cabin-test-'))

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function render(name: string, seed: string): Record<string, string> {
  const out = join(folder, name)
  const set = ['dataset', '--drivers', '1', '--per-class', '1', '--size', '64x48', '--seed', seed]
  const done = spawnSync('node', [join(ROOT, 'assets/cabin/run.mjs'), ...set, '--out', out], {
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(done.stderr)
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).sort()
  return Object.fromEntries(
    files
      .filter((file) => /\.(jpg|csv)$/.test(file))
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(out, file)))
          .digest('hex'),
      ]),
  )
}

// The generator is a tool of the developers: the program and its other tests do without a browser.
describe.skipIf(!existsSync(CHROMIUM))('the cabin, rendered (needs Chromium)', () => {
  it('gives the same bytes for the same seed in two browsers, and others for another', () => {
    const first = render('first', 'a')
    expect(Object.keys(first)).toHaveLength(11)
    expect(render('again', 'a')).toEqual(first)
    const pictures = (hashes: Record<string, string>): string[] =>
      Object.entries(hashes)
        .filter(([file]) => file.endsWith('.jpg'))
        .map(([, hash]) => hash)
    expect(pictures(render('other', 'b'))).not.toEqual(pictures(first))
  }, 120_000)
})
