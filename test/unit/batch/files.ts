import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const HEADER = 'img,c0,c1,c2,c3,c4,c5,c6,c7,c8,c9'

export function folder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'roadward-submission-'))
}

/** A file of these lines, in a folder of its own. */
export async function fileOf(lines: readonly string[], name = 'file.csv'): Promise<string> {
  const file = path.join(await folder(), name)
  await writeFile(file, `${lines.join('\n')}\n`)
  return file
}

/** A row with the first probabilities; the others are 0. */
export function row(image: string, ...probabilities: readonly number[]): string {
  const rest = Array<number>(10 - probabilities.length).fill(0)
  return [image, ...probabilities, ...rest].join(',')
}

export async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n')
}
