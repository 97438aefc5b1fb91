import { cp, readFile, rename, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { listPictures } from '../../../electron/engine/capture/pictureFolder.ts'
import type { ClassId } from '../../../electron/core/labels.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import type { EnsemblePort } from '../../../electron/engine/inference/ensemblePort.ts'
import { submit, type SubmitResult } from '../../../electron/batch/submit.ts'
import { pictureFolder } from '../../support/pictures.ts'
import { fakeEnsemble } from '../engine/drive/fakes.ts'
import { folder, HEADER, linesOf } from './files.ts'

/** All files below. */
const copy = { recursive: true }

const UNKNOWN_CELLS = Array<string>(10).fill('0.1').join(',')

/** Says c3 of everything, and counts the pictures it was asked about. */
function counting(version = '1.0.0') {
  const ensemble = fakeEnsemble(() => 'c3')
  let asked = 0
  const port: EnsemblePort = {
    ...ensemble,
    manifest: { ...ensemble.manifest, version },
    predict: (frame) => {
      asked += 1
      return ensemble.predict(frame)
    },
  }
  return { port, asked: () => asked }
}

interface Run {
  readonly ensemble?: EnsemblePort
  readonly pictures?: string
  readonly overwrite?: boolean
  /** Leave off once so many rows are there. */
  readonly until?: number
}

describe('submit', () => {
  let pictures = ''
  let out = ''
  let problems: Problem[] = []
  beforeEach(async () => {
    pictures = await pictureFolder(Array.from({ length: 6 }, (): ClassId => 'c0'))
    out = path.join(await folder(), 'submission.csv')
    problems = []
  })

  async function run(how: Run = {}): Promise<SubmitResult> {
    const stopping = new AbortController()
    return submit({
      pictures: how.pictures ?? pictures,
      paths: await listPictures(how.pictures ?? pictures),
      ensemble: how.ensemble ?? counting().port,
      out,
      overwrite: how.overwrite ?? false,
      signal: stopping.signal,
      onRows: (rows) => {
        if (rows === how.until) stopping.abort()
      },
      onProblem: (problem) => problems.push(problem),
    })
  }

  it('writes a row for every picture in the order of their names', async () => {
    expect(await run()).toEqual({ rows: 6, kept: 0, unknown: [] })
    const [header, ...rows] = await linesOf(out)
    expect(header).toBe(HEADER)
    expect(rows.map((line) => line.split(',')[0])).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `0000${n}.jpg`),
    )
    expect(rows[0]).toBe('00000.jpg,0.002,0.002,0.002,0.982,0.002,0.002,0.002,0.002,0.002,0.002')
  })

  it('goes on where it was interrupted, and asks about no picture twice', async () => {
    expect(await run({ until: 2 })).toEqual({ rows: 2, kept: 0, unknown: [] })
    const again = counting()
    expect(await run({ ensemble: again.port })).toEqual({ rows: 6, kept: 2, unknown: [] })
    expect(again.asked()).toBe(4)
    const interrupted = await readFile(out, 'utf8')
    await run({ overwrite: true })
    expect(await readFile(out, 'utf8')).toBe(interrupted)
  })

  it('drops half a row', async () => {
    await run()
    const whole = await readFile(out, 'utf8')
    await truncate(out, whole.length - 20)
    expect(await run()).toMatchObject({ rows: 6, kept: 5 })
    expect(await readFile(out, 'utf8')).toBe(whole)
  })

  it('goes on from a header that was cut, too', async () => {
    await run()
    const whole = await readFile(out, 'utf8')
    await truncate(out, 7)
    expect(await run()).toMatchObject({ rows: 6, kept: 0 })
    expect(await readFile(out, 'utf8')).toBe(whole)
  })

  it('has nothing to do for a file that is whole', async () => {
    await run()
    const again = counting()
    expect(await run({ ensemble: again.port })).toEqual({ rows: 6, kept: 6, unknown: [] })
    expect(again.asked()).toBe(0)
  })

  it('says 0.1 for every class of a picture that cannot be read, and which, also when it goes on', async () => {
    await writeFile(path.join(pictures, '00001.jpg'), 'no picture')
    await writeFile(path.join(pictures, '00004.jpg'), '')
    expect(await run({ until: 3 })).toMatchObject({ rows: 3, unknown: ['00001.jpg'] })
    expect(await run()).toEqual({ rows: 6, kept: 3, unknown: ['00001.jpg', '00004.jpg'] })
    expect(problems.map(({ code }) => code)).toEqual(['picture-corrupt', 'picture-corrupt'])
    expect((await linesOf(out))[2]).toBe(`00001.jpg,${UNKNOWN_CELLS}`)
  })

  it('refuses to go on with another version, and names both', async () => {
    await run({ until: 2 })
    await expect(run({ ensemble: counting('1.1.0').port })).rejects.toMatchObject({
      code: 'submission-other',
      message: `${out} was begun with version 1.0.0 of fake, not 1.1.0.`,
    })
    expect(await run({ ensemble: counting('1.1.0').port, overwrite: true })).toMatchObject({
      kept: 0,
    })
  })

  it.each([
    ['another ensemble', { id: 'other' }, /begun with the ensemble fake, not other/],
    ['other networks', { folds: [{ name: 'x', validDrivers: [] }] }, /other networks of fake/],
  ])('refuses to go on with %s', async (_, change, message) => {
    await run({ until: 2 })
    const { port } = counting()
    const other = { ...port, manifest: { ...port.manifest, ...change } }
    await expect(run({ ensemble: other })).rejects.toThrow(message)
  })

  it('refuses to go on with other pictures', async () => {
    await run({ until: 2 })
    const elsewhere = await pictureFolder(['c0', 'c0'])
    await expect(run({ pictures: elsewhere })).rejects.toThrow(`the pictures of ${pictures}, not`)
    await writeFile(path.join(pictures, '00009.jpg'), '')
    await expect(run()).rejects.toThrow(/begun with 6 pictures; now there are 7/)
  })

  it('refuses rows of other pictures', async () => {
    await run({ until: 2 })
    const text = await readFile(out, 'utf8')
    await writeFile(out, text.replace('00001.jpg', '00003.jpg'))
    await expect(run()).rejects.toThrow(/line 3: it names 00003.jpg where 00001.jpg should be/)
  })

  it('does not touch a file of which nobody knows how it was made', async () => {
    await writeFile(out, 'precious\n')
    await expect(run()).rejects.toMatchObject({ code: 'submission-exists' })
    await writeFile(`${out}.roadward.json`, 'not json')
    await expect(run()).rejects.toMatchObject({ code: 'submission-exists' })
    expect(await readFile(out, 'utf8')).toBe('precious\n')
  })

  it('refuses the same number of other names', async () => {
    await run({ until: 2 })
    await rename(path.join(pictures, '00005.jpg'), path.join(pictures, '00006.jpg'))
    await expect(run()).rejects.toThrow(/begun with pictures of other names in/)
  })

  it('refuses two pictures of one name', async () => {
    const parent = await folder()
    for (const name of ['one', 'two']) await cp(pictures, path.join(parent, name), copy)
    const call = run({ pictures: path.join(parent, '*/*.jpg') })
    await expect(call).rejects.toMatchObject({ code: 'submission-names' })
  })
})
