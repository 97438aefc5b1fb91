import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { mergeSubmissions } from '../../../electron/batch/mergeSubmissions.ts'
import { fileOf, folder, HEADER, linesOf, row } from './files.ts'

const FIRST = [HEADER, row('a.jpg', 0.8, 0.2), row('b.jpg', 0.4, 0.6)]
/** Another order. */
const SECOND = [HEADER, row('b.jpg', 0.6, 0.4), row('a.jpg', 0.2, 0.8)]

async function merge(
  submissions: readonly (readonly string[])[],
  how: { method?: 'average' | 'geometric'; weights?: readonly number[] } = {},
) {
  const files: string[] = []
  for (const [n, lines] of submissions.entries()) files.push(await fileOf(lines, `${n + 1}.csv`))
  const out = path.join(await folder(), 'merged.csv')
  const { method = 'average', weights } = how
  const pictures = await mergeSubmissions({ files, out, method, weights })
  return { out, pictures, lines: await linesOf(out) }
}

describe('merging submissions', () => {
  it('averages picture by picture, in the order of the first file', async () => {
    const { pictures, lines } = await merge([FIRST, SECOND])
    expect(pictures).toBe(2)
    expect(lines).toEqual([HEADER, row('a.jpg', 0.5, 0.5), row('b.jpg', 0.5, 0.5)])
  })

  it('weighs the files', async () => {
    const { lines } = await merge([FIRST, SECOND], { weights: [3, 1] })
    expect(lines[1]).toBe(row('a.jpg', 0.65, 0.35))
  })

  it('takes the geometric mean', async () => {
    const odd = [HEADER, row('a.jpg', 0.9, 0.1), row('b.jpg', 0.5, 0.5)]
    const { lines } = await merge([FIRST, odd], { method: 'geometric' })
    const share = Math.sqrt(0.8 * 0.9) / (Math.sqrt(0.8 * 0.9) + Math.sqrt(0.2 * 0.1))
    expect(Number(lines[1]?.split(',')[1])).toBeCloseTo(share, 6)
  })

  it('keeps a name with a comma in it whole', async () => {
    const { lines } = await merge([
      [HEADER, row('"a, b.jpg"', 1)],
      [HEADER, row('"a, b.jpg"', 1)],
    ])
    expect(lines[1]).toMatch(/^"a, b.jpg",1,/)
  })

  it('grows with the number of pictures', async () => {
    const many = [HEADER, ...Array.from({ length: 3000 }, (_, n) => row(`${n}.jpg`, 0.3, 0.7))]
    const { pictures, lines } = await merge([many, many])
    expect(pictures).toBe(3000)
    expect(lines.at(-1)).toBe(row('2999.jpg', 0.3, 0.7))
  })

  it('refuses files about other pictures, and says which', async () => {
    const others = [HEADER, row('a.jpg', 1), ...['v', 'w', 'x', 'y', 'z'].map((id) => row(id, 1))]
    await expect(merge([FIRST, others])).rejects.toMatchObject({
      code: 'merge-mismatch',
      message: expect.stringMatching(
        /2\.csv is not about the same pictures: it lacks 1 picture \(b\.jpg\) of .*1\.csv and has 5 pictures \(v, w, x and 2 more\) that .*1\.csv lacks\.$/,
      ) as unknown,
    })
    await expect(merge([FIRST, FIRST.slice(0, 2)])).rejects.toThrow(/it lacks 1 picture \(b\.jpg\)/)
    await expect(merge([FIRST.slice(0, 2), FIRST])).rejects.toThrow(/it has 1 picture \(b\.jpg\)/)
  })

  it('refuses weights that do not fit the files', async () => {
    await expect(merge([FIRST, SECOND], { weights: [1] })).rejects.toThrow(/1 weights for 2 files/)
  })

  it('may write over one of its own files, and leaves nothing half-written behind', async () => {
    const file = await fileOf(FIRST)
    await mergeSubmissions({
      files: [file, file],
      out: file,
      method: 'average',
      weights: undefined,
    })
    expect(await linesOf(file)).toEqual(FIRST)
    const blocked = path.join(await folder(), 'nowhere', 'merged.csv')
    const call = {
      files: [file, file],
      out: blocked,
      method: 'average',
      weights: undefined,
    } as const
    await expect(mergeSubmissions(call)).rejects.toThrow()
    expect(existsSync(`${blocked}.part`)).toBe(false)
    await writeFile(file, '')
    await expect(merge([FIRST, ['']])).rejects.toMatchObject({ code: 'submission-csv' })
  })
})
