import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { analyse } from '../../../../electron/app/analysis/analysis.ts'
import { findTargets } from '../../../../electron/app/analysis/targets.ts'
import { createLog } from '../../../../electron/app/log.ts'
import { openArchive } from '../../../../electron/app/recording/openArchive.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { TINY_ENSEMBLE } from '../../../support/cli.ts'
import { scratchFolder } from '../../../support/collect.ts'

it('an analysis that is cancelled while it hashes asks nothing of the archive nor of an engine', async () => {
  await using folder = await scratchFolder()
  await writeFile(folder.path('a.avi'), Buffer.alloc(64 * 1024 * 1024))
  const [target] = await findTargets(folder.path('a.avi'))
  if (target === undefined) throw new Error('no target')
  const abort = new AbortController()
  // No question means no process: this one could not be started.
  await using archive = openArchive(folder.path('archive'), '/no/such/node')
  const running = analyse(
    {
      target,
      ensemble: { directory: TINY_ENSEMBLE, allowBroken: false },
      preset: ROADWARD,
      options: {},
      labels: {},
    },
    {
      archive,
      engine: { entry: '/no/such/engine.js', execPath: '/no/such/node' },
      log: createLog(false),
      now: () => 0,
      onProgress: () => undefined,
      onNotice: () => undefined,
      signal: abort.signal,
    },
  )
  abort.abort()
  await expect(running).rejects.toMatchObject({ code: 'analysis-cancelled' })
})
