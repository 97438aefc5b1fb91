import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ClassId } from '../../../../electron/core/labels.ts'
import { ensureBuilt } from '../../../support/build.ts'
import { jsonLines, roadward, TINY_ENSEMBLE } from '../../../support/cli.ts'
import { pictureFolder, stateFarmFolder } from '../../../support/pictures.ts'

beforeAll(ensureBuilt, 120_000)

const tiny = ['--ensemble', TINY_ENSEMBLE]
const CLASSES: readonly ClassId[] = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5']

async function place(name: string): Promise<string> {
  return path.join(await mkdtemp(path.join(tmpdir(), 'roadward-submit-')), name)
}

const rowsOf = async (file: string) =>
  (await readFile(file, 'utf8')).trimEnd().split('\n').length - 1

const numbersOf = (text: string) =>
  text
    .split(/[,\n]/)
    .map(Number)
    .filter((value) => !Number.isNaN(value))

describe('a submission on the command line', () => {
  it('is written, merged and scored', async () => {
    const pictures = await pictureFolder(CLASSES)
    const [out, merged, truth] = [await place('a.csv'), await place('b.csv'), await place('t.csv')]
    const submitted = await roadward(['submit', pictures, '--out', out, ...tiny])
    expect(submitted).toMatchObject({ code: 0 })
    expect(submitted.stdout).toMatch(/a\.csv: 6 of 6 pictures, [\d.]+ a second/)
    const twice = await roadward(['merge', out, out, '--out', merged, '--weights', '2,1'])
    expect(twice.stdout).toContain('6 pictures of 2 submissions')
    const before = numbersOf(await readFile(out, 'utf8'))
    numbersOf(await readFile(merged, 'utf8')).forEach((number, n) => {
      expect(number).toBeCloseTo(before[n] ?? NaN, 6) // a row is rescaled after its rounding
    })
    const near = await place('b.csv')
    const alike = await roadward(['neighbours', out, pictures, '--out', near, '--count', '1'])
    expect(alike.stdout).toContain('b.csv: 6 pictures, each averaged with the 1 most alike.')
    expect(await rowsOf(near)).toBe(6)
    const rows = CLASSES.map((id, n) => `0000${n}.jpg,${id}`)
    await writeFile(truth, ['img,classname', ...rows].join('\n'))
    const json = await roadward(['score', merged, truth, '--json'])
    expect(jsonLines(json.stdout)[0]).toMatchObject({ images: 6, accuracy: 1, notSubmitted: 0 })
    const words = await roadward(['score', merged, truth])
    expect(words.stdout).toMatch(/^6 pictures: log loss [\d.]+, accuracy +100\.0 %/)
    expect(words.stdout).toMatch(/c5 Radio +1 +log loss/)
  })

  it('is left off on Ctrl-C and gone on with by the same command', async () => {
    const pictures = await pictureFolder(Array.from({ length: 200 }, (): ClassId => 'c1'))
    const out = await place('long.csv')
    const args = ['submit', pictures, '--out', out, ...tiny]
    const first = await roadward(args, (child) => {
      const look = setInterval(() => {
        rowsOf(out).then(
          (rows) => {
            if (rows < 3) return
            clearInterval(look)
            child.kill('SIGINT')
          },
          () => undefined, // not there yet
        )
      }, 5)
    })
    const kept = await rowsOf(out)
    expect(kept).toBeLessThan(200)
    expect(first).toMatchObject({ code: 1 })
    expect(first.stdout).toContain('The same command goes on from here.')
    const second = await roadward(args)
    expect(second).toMatchObject({ code: 0 })
    expect(second.stdout).toContain(`${kept} rows were there already.`)
    expect(await rowsOf(out)).toBe(200)
  }, 120_000)

  it('warns about pictures that cannot be read', async () => {
    const pictures = await pictureFolder(['c0', 'c1'])
    await writeFile(path.join(pictures, '00000.jpg'), 'broken')
    const { code, stderr } = await roadward([
      'submit',
      pictures,
      '--out',
      await place('a.csv'),
      ...tiny,
    ])
    expect(code).toBe(0)
    expect(stderr).toMatch(/1 of the pictures could not be read;.*: 00000\.jpg\./)
  })

  it.each([
    ['no --out', ['submit', '.'], 2, '--out'],
    ['one file to merge', ['merge', 'a.csv', '--out', 'b.csv'], 2, 'others'],
    ['a weight of 0', ['merge', 'a', 'b', '--out', 'c', '--weights', '1,0'], 2, 'above 0'],
    ['no neighbour', ['neighbours', 'a', '.', '--out', 'c', '--count', '0'], 2, 'from 1 to 100'],
    ['a folder that is not there', ['submit', '/nowhere', '--out', 'x.csv'], 1, '/nowhere'],
    ['a file that is not there', ['score', '/nowhere.csv', 'truth.csv'], 1, '/nowhere.csv'],
  ])('is refused in words: %s', async (_, args, code, words) => {
    const result = await roadward(args)
    expect(result.code).toBe(code)
    expect(result.stderr).toContain(words)
  })
})

describe('roadward evaluate --drives', () => {
  const drive = (driver: string) =>
    (['c0', 'c5', 'c0', 'c2'] as const).flatMap((id) =>
      Array.from({ length: 20 }, () => ({ driver, class: id })),
    )

  it('scores every preset over the drives', async () => {
    const folder = await stateFarmFolder([...drive('p1'), ...drive('p2')])
    const { code, stdout } = await roadward(['evaluate', folder, ...tiny, '--drives', '--json'])
    expect(code).toBe(0)
    const { presets } = jsonLines(stdout)[0] as { presets: Record<string, unknown>[] }
    expect(presets.map((score) => score['preset'])).toEqual([
      'roadward',
      'openpilot',
      'euroncap-2023',
      'eu-addw',
      'fleet-coach',
    ])
    expect(presets[0]).toMatchObject({ drives: 2, episodes: 4, found: 4, falseAlerts: 0 })
  })

  it('prints a table, here of one preset, which needs no --drives beside it', async () => {
    const folder = await stateFarmFolder(drive('p1'))
    const args = ['evaluate', folder, ...tiny, '--preset', 'euroncap-2023']
    const { stdout } = await roadward(args)
    expect(stdout).toContain('1 drive, 2 unsafe episodes of 3 s or more, 0.1 minutes of safe')
    expect(stdout).toMatch(/euroncap-2023 +2\/2 +[\d.]+ s +[\d.]+ s +0 \(0\.0\) /)
  })
})
