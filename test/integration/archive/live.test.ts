import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MonitorEvent } from '../../../electron/contract/monitorApi.ts'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import { DriveData } from '../../../electron/app/screens/driveData.ts'
import { createLog } from '../../../electron/app/log.ts'
import { ENGINE_ENTRY } from '../../../electron/app/paths.ts'
import { EngineSupervisor } from '../../../electron/app/supervision/supervisor.ts'
import { ensureBuilt } from '../../support/build.ts'
import { TINY_ENSEMBLE } from '../../support/cli.ts'
import { MjpegServer } from '../../support/mjpegServer.ts'
import { Waiting } from '../../support/waiting.ts'

let directory: string
beforeAll(async () => {
  await ensureBuilt()
  directory = mkdtempSync(path.join(tmpdir(), 'roadward-data-'))
}, 60_000)
afterAll(() => {
  rmSync(directory, { recursive: true })
})

describe('a camera that is watched', () => {
  it('is recorded, with its pictures where the owner wants them, through a death of the archive', async () => {
    await using camera = await MjpegServer.start(20)
    const { execPath } = process
    const log = createLog(false)
    await using supervisor = new EngineSupervisor({ entry: ENGINE_ENTRY, execPath }, log)
    await using data = new DriveData({
      directory,
      execPath,
      log,
      supervisor,
      settings: () => ({
        recording: { pictures: 'drive' },
        retention: { days: 30, gigabytes: 20 },
        labels: { vehicle: 'Van 7' },
      }),
      retentionKnown: () => true,
      knowsEnsemble: () => Promise.resolve(true),
    })
    supervisor.recorder = data
    const told: MonitorEvent['type'][] = []
    const waiting = new Waiting()
    // From the first to the last: frames that come while nobody waits are recorded, too.
    supervisor.subscribe(({ type }) => {
      told.push(type)
      waiting.look()
    })
    const frames = () => told.filter((type) => type === 'prediction').length
    const seen = (count: number) => waiting.until(() => frames() >= count)
    supervisor.start({
      source: { uri: camera.url, options: {} },
      ensemble: { directory: TINY_ENSEMBLE, providers: ['cpu'], allowBroken: false },
      preset: ROADWARD,
      speed: 'realtime',
    })
    await seen(30)
    const { drives } = await data.archive.call('list', {})
    expect(drives).toMatchObject([{ status: 'recording', labels: { vehicle: 'Van 7' } }])
    process.kill(data.archive.pid ?? Number.NaN, 'SIGKILL')
    await seen(frames() + 60)
    supervisor.stop()
    await waiting.until(() => told.includes('ended'))
    const recorded = await finished(data)
    expect(recorded.frames).toBe(frames())
    const all = { drive: recorded.id, fromMs: 0, toMs: 1e9 }
    const times = await data.archive.call('pictureTimes', all)
    expect(times.length).toBeGreaterThan(5)
    const picture = await data.pictures.picture(recorded.id, times.at(-1) ?? 0, 640)
    expect(picture.tMs).toBe(times.at(-1))
    expect([...picture.jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8])
  }, 120_000)
})

/** Everything was written: the recorder ends a drive after the engine did. */
async function finished(data: DriveData) {
  for (;;) {
    const { drives } = await data.archive.call('list', {})
    const [drive] = drives
    if (drive?.status === 'complete') return drive
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
