import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { listPictures } from '../../../electron/engine/capture/pictureFolder.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { averageNeighbours } from '../../../electron/batch/averageNeighbours.ts'
import { pictureFolder } from '../../support/pictures.ts'
import { fileOf, folder, HEADER, linesOf, row } from './files.ts'

/** Three greens and two reds: each is most like those of its colour. */
const SAID = [
  row('00000.jpg', 0.9, 0.1),
  row('00001.jpg', 0.6, 0.4),
  row('00002.jpg', 0.3, 0.7),
  row('00003.jpg', 0.2, 0.8),
  row('00004.jpg', 0.8, 0.2),
]

describe('averaging over pictures that look alike', () => {
  let pictures = ''
  beforeAll(async () => {
    pictures = await pictureFolder(['c0', 'c0', 'c0', 'c3', 'c3'])
  })

  async function run(lines: readonly string[], neighbours: number, signal?: AbortSignal) {
    const out = path.join(await folder(), 'better.csv')
    const problems: Problem[] = []
    let steps = 0
    const call = averageNeighbours({
      submission: await fileOf([HEADER, ...lines]),
      paths: await listPictures(pictures),
      out,
      neighbours,
      signal: signal ?? new AbortController().signal,
      onStep: () => (steps += 1),
      onProblem: (problem) => problems.push(problem),
    })
    return { rows: await call.finally(() => (written = existsSync(out))), out, problems, steps }
  }
  let written = false

  it('takes the mean with the neighbours, in the order of the submission', async () => {
    const { rows, out, steps } = await run(SAID.toReversed(), 1)
    const lines = await linesOf(out)
    expect(rows).toBe(5)
    expect(steps).toBe(10)
    expect(lines.slice(0, 3)).toEqual([
      HEADER,
      row('00004.jpg', 0.5, 0.5),
      row('00003.jpg', 0.5, 0.5),
    ])
    expect(lines.slice(3).map((line) => line.slice(0, 9))).toEqual([
      '00002.jpg',
      '00001.jpg',
      '00000.jpg',
    ])
  })

  it('counts every neighbour like the picture itself', async () => {
    const { out } = await run(SAID.slice(0, 3), 2)
    const lines = await linesOf(out)
    expect(lines.slice(1)).toEqual(
      ['00000.jpg', '00001.jpg', '00002.jpg'].map((image) => row(image, 0.6, 0.4)),
    )
  })

  it('leaves the row of a picture that it cannot read, and out of the other means', async () => {
    const broken = path.join(pictures, '00009.jpg')
    await writeFile(broken, 'broken')
    const { out, problems } = await run([...SAID.slice(3), row('00009.jpg', 1)], 5)
    await rm(broken)
    expect(problems.map(({ code }) => code)).toEqual(['picture-corrupt'])
    expect((await linesOf(out)).slice(1)).toEqual([
      row('00003.jpg', 0.5, 0.5),
      row('00004.jpg', 0.5, 0.5),
      row('00009.jpg', 1),
    ])
  })

  it('refuses a submission of other pictures, and says which', async () => {
    await expect(run([...SAID, row('x.jpg', 1)], 1)).rejects.toMatchObject({
      code: 'neighbours-missing',
      message: expect.stringMatching(
        /rows of 1 picture \(x\.jpg\) that the folder lacks/,
      ) as unknown,
    })
  })

  it('writes nothing when it is interrupted', async () => {
    await expect(run(SAID, 1, AbortSignal.abort())).rejects.toThrow(/abort/)
    expect(written).toBe(false)
  })
})
