import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../../../support/build.ts'
import type { ClassId } from '../../../../electron/core/labels.ts'
import { jsonLines, roadward, TINY_ENSEMBLE } from '../../../support/cli.ts'
import { pictureFolder, stateFarmFolder } from '../../../support/pictures.ts'

beforeAll(ensureBuilt)

const safe = (count: number) => Array.from({ length: count }, (): ClassId => 'c0')
const tiny = ['--ensemble', TINY_ENSEMBLE]

describe('roadward watch', () => {
  it('prints a prediction for every picture and a summary last', async () => {
    const folder = await pictureFolder(safe(12))
    const { code, stdout } = await roadward(['watch', folder, ...tiny, '--speed', 'max', '--json'])
    const lines = jsonLines(stdout)
    const predictions = lines.filter((line) => line['type'] === 'prediction')
    expect(code).toBe(0)
    expect(predictions.map((line) => line['seq'])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(predictions.map((line) => line['tMs'])).toEqual(predictions.map((_, n) => n * 200))
    expect(predictions[0]).toMatchObject({
      probabilities: expect.arrayContaining([expect.any(Number)]) as unknown,
      top: expect.stringMatching(/^c\d$/) as unknown,
      state: expect.stringMatching(/^(safe|unsafe|unsure|blind)$/) as unknown,
      disagreement: expect.any(Number) as unknown,
    })
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      frames: 12,
      dropped: 0,
      provider: 'cpu',
      ensemble: 'tiny',
      latencyMs: { p50: expect.any(Number) as unknown, p95: expect.any(Number) as unknown },
    })
  })

  it('gives the same lines twice', async () => {
    const folder = await pictureFolder(safe(8))
    const run = () => roadward(['watch', folder, ...tiny, '--speed', 'max', '--json'])
    const [first, second] = [await run(), await run()]
    const decisions = (stdout: string) =>
      jsonLines(stdout).filter((line) => line['type'] !== 'summary')
    expect(decisions(first.stdout)).toEqual(decisions(second.stdout))
  })

  it('tells how far it agrees with the truth where that is known', async () => {
    const rows = (['c0', 'c0', 'c1', 'c1'] as const).map((id) => ({ driver: 'p1', class: id }))
    const folder = await stateFarmFolder(rows)
    const { stdout } = await roadward(['watch', folder, ...tiny, '--speed', 'max', '--json'])
    const lines = jsonLines(stdout)
    expect(lines.find((line) => line['type'] === 'drive')).toMatchObject({ label: 'p1' })
    expect(lines.at(-1)).toMatchObject({
      truth: { frames: 4, agreement: 1 },
    })
  })

  it('speaks in words when nobody asked for JSON', async () => {
    const folder = await pictureFolder(safe(3))
    const { stdout } = await roadward(['watch', folder, ...tiny, '--speed', 'max'])
    expect(stdout).toMatch(/^Watching .* with tiny/)
    expect(stdout).toContain('3 frames, 0 dropped')
  })

  it('ends cleanly with a summary on Ctrl-C', async () => {
    const folder = await pictureFolder(safe(100))
    const { code, stdout } = await roadward(['watch', folder, ...tiny, '--json'], (child) => {
      child.stdout?.once('data', () => child.kill('SIGINT'))
    })
    expect(code).toBe(0)
    const last = jsonLines(stdout).at(-1)
    expect(last).toMatchObject({ type: 'summary' })
    expect(last?.['frames']).toBeLessThan(100)
  })

  it('fails with one clear sentence when the source is not there', async () => {
    const { code, stderr } = await roadward(['watch', '/nowhere/drive.mp4', ...tiny])
    expect(code).toBe(1)
    expect(stderr).toContain('/nowhere/drive.mp4')
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})

describe('wrong use of the command line', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no source', ['watch'], /source/],
    ['an unknown command', ['wacth', 'x'], /wacth/],
    ['an unknown option', ['watch', 'x', '--fast'], /--fast/],
    ['a pace that does not exist', ['watch', 'x', '--speed', 'warp'], /realtime, max/],
    ['a region with three numbers', ['watch', 'x', '--region', '1,2,3'], /x,y,width,height/],
    ['an unknown preset', ['watch', 'x', ...tiny, '--preset', 'nope'], /roadward/],
    ['an unknown ensemble', ['watch', 'x', '--ensemble', 'nope'], /nope/],
    ['an unknown provider', ['watch', '.', ...tiny, '--providers', 'abacus'], /abacus/],
    ['an unknown URL scheme', ['watch', 'gopher://x', ...tiny], /gopher/],
  ]
  it.each(cases)('is told in words, with exit code 2: %s', async (_, args, words) => {
    const { code, stderr } = await roadward(args)
    expect(stderr).toMatch(words)
    expect(code).toBe(2)
  })

  it('shows help with the exit codes', async () => {
    for (const args of [['--help'], ['watch', '--help'], ['evaluate', '--help']]) {
      const { code, stdout } = await roadward(args)
      expect(code).toBe(0)
      expect(stdout).toContain('Exit codes: 0 done, 1 failed, 2 wrong use')
    }
  })
})

describe('roadward evaluate', () => {
  const rows = ['p1', 'p2'].flatMap((driver) =>
    (['c0', 'c3', 'c7'] as const).map((id) => ({ driver, class: id })),
  )

  it('prints one JSON object with every figure', async () => {
    const folder = await stateFarmFolder(rows)
    const { code, stdout } = await roadward(['evaluate', folder, ...tiny, '--json'])
    expect(code).toBe(0)
    const result = jsonLines(stdout)[0]
    expect(result).toMatchObject({ images: 6, accuracy: 1, ensemble: 'tiny', outOfFold: false })
    for (const key of ['accuracy', 'logLoss', 'ece', 'msPerImage']) {
      expect(result?.[key], key).toEqual(expect.any(Number))
    }
    expect((result?.['drivers'] as { driver: string }[]).map((d) => d.driver)).toEqual(['p1', 'p2'])
    expect(result?.['confusion']).toHaveLength(10)
    expect(result?.['perClass']).toHaveLength(10)
    expect((result?.['folds'] as unknown[]).length).toBeGreaterThan(1)
  })

  it('takes only the drivers asked for', async () => {
    const folder = await stateFarmFolder(rows)
    const { stdout } = await roadward(['evaluate', folder, ...tiny, '--drivers', 'p2', '--json'])
    expect(jsonLines(stdout)[0]).toMatchObject({ images: 3 })
  })

  it('prints a table for people', async () => {
    const folder = await stateFarmFolder(rows)
    const { stdout } = await roadward(['evaluate', folder, ...tiny])
    expect(stdout).toMatch(/^tiny, 6 pictures, all folds: accuracy/)
    expect(stdout).toContain('Confusion')
  })

  it('refuses a folder without labels', async () => {
    const folder = await pictureFolder(safe(2))
    const { code, stderr } = await roadward(['evaluate', folder, ...tiny])
    expect(code).toBe(1)
    expect(stderr).toContain('driver_imgs_list.csv')
  })
})

describe('roadward doctor', () => {
  it('names what is installed, as JSON too', async () => {
    const { stdout } = await roadward(['doctor', '--json'])
    const { findings } = jsonLines(stdout)[0] as { findings: { what: string; status: string }[] }
    const status = (what: string) => findings.find((finding) => finding.what === what)?.status
    expect(status('OpenCV')).toBe('ok')
    expect(status('ONNX Runtime')).toBe('ok')
  })
})

it('does not mind a folder without pictures, but says so', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadward-empty-'))
  const { code, stderr } = await roadward(['watch', folder, ...tiny])
  expect(code).toBe(1)
  expect(stderr).toContain(folder)
})

describe('a wrong call', () => {
  const nowhere = path.join(tmpdir(), 'roadward-nowhere')
  const pem = (name: string) =>
    fileURLToPath(new URL(`../../../fixtures/tls/${name}`, import.meta.url))

  it.each([
    [['watch', '', ...tiny], 'The source is an empty text'],
    [['serve', '--source', ' ', ...tiny], 'The source is an empty text'],
    [['watch', 'x.mp4', '--providers', ','], 'one name or more'],
    [['report', '--from', '2026-11-30', '--to', '2026-11-01'], '--from is later than --to'],
    [['report', '--out', path.join(nowhere, 'x.html')], `there is no folder ${nowhere}`],
    [['evidence', '1', '--out', tmpdir()], 'it is a folder'],
    [['replay', 'x.mp4', '--driver', 'x'.repeat(81)], 'a label takes at most 80'],
    [
      ['serve', '--tls-cert', pem('key.pem'), '--tls-key', pem('key.pem')],
      'holds no certificate that can be read',
    ],
    [
      ['serve', '--tls-cert', pem('cert.pem'), '--tls-key', pem('cert.pem')],
      'holds no private key that can be read',
    ],
    [['serve', '--tls-cert', pem('none.pem'), '--tls-key', pem('key.pem')], 'cannot be read'],
  ])('%j is answered with a sentence and exit code 2', async (args, sentence) => {
    const { code, stderr } = await roadward(args)
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('fault in Roadward')
    expect(code).toBe(2)
  })

  it('cannot make the terminal do anything', async () => {
    const { stderr, stdout } = await roadward(['watch', '\u001b]0;owned\u0007.mp4', ...tiny])
    expect(stderr).toContain(String.raw`\x1b]0;owned\x07.mp4`)
    expect(stderr + stdout).not.toContain('\u001b]')
  })
})
