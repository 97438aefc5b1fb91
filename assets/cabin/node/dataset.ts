import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CLASSES } from '../../../electron/core/labels.ts'
import type { DatasetPlan } from '../model/dataset.ts'
import { samplesOf } from '../model/dataset.ts'
import { openProgress } from './progress.ts'
import type { Studio } from './studio.ts'

/** Writes a State-Farm-shaped set: `driver_imgs_list.csv` and `imgs/train/c0..c9/*.jpg`. */
export async function writeDataset(studio: Studio, plan: DatasetPlan, out: string): Promise<void> {
  const samples = [...samplesOf(plan)]
  for (const state of CLASSES) {
    await mkdir(join(out, 'imgs/train', state), { recursive: true })
  }
  const progress = openProgress('pictures', samples.length)
  let next = 0
  for await (const picture of studio.render(samples.map(({ shot }) => shot))) {
    const sample = samples[next]
    next += 1
    if (!sample) break
    await writeFile(join(out, 'imgs/train', sample.state, sample.file), picture)
    progress.step()
  }
  const rows = samples.map(({ subject, state, file }) => `${subject},${state},${file}`)
  await writeFile(
    join(out, 'driver_imgs_list.csv'),
    `${['subject,classname,img', ...rows].join('\n')}\n`,
  )
  progress.end()
}
