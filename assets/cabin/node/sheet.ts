import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sheetCells } from '../model/sheet.ts'
import { openProgress } from './progress.ts'
import type { Studio } from './studio.ts'

const COLUMNS = 6
const CELL = { width: 640, height: 480, shown: '240:180' }

/** Writes ten states by six drivers as one JPEG without labels, and `.key.json` beside it. */
export async function writeSheet(studio: Studio, seed: string, out: string): Promise<void> {
  const cells = sheetCells(seed, CELL.width, CELL.height)
  const folder = await mkdtemp(join(tmpdir(), 'roadward-sheet-'))
  const progress = openProgress('pictures', cells.length)
  let next = 0
  for await (const picture of studio.render(cells.map(({ shot }) => shot))) {
    await writeFile(join(folder, `${String(next).padStart(3, '0')}.jpg`), picture)
    next += 1
    progress.step()
  }
  progress.end()
  const tile = `scale=${CELL.shown}:flags=area,tile=${COLUMNS}x${Math.ceil(cells.length / COLUMNS)}`
  const input = ['-i', join(folder, '%03d.jpg'), '-vf', tile, '-frames:v', '1', '-q:v', '9', out]
  const done = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', ...input], { encoding: 'utf8' })
  await rm(folder, { recursive: true, force: true })
  if (done.status !== 0) throw new Error(`ffmpeg could not write ${out}: ${done.stderr}`)
  const key = cells.map(({ state, subject, light }, index) => ({
    row: Math.floor(index / COLUMNS) + 1,
    column: (index % COLUMNS) + 1,
    ...{ state, subject, light },
  }))
  const file = out.replace(/\.jpe?g$/, '.key.json')
  await writeFile(file, `${JSON.stringify(key, undefined, 2)}\n`)
}
