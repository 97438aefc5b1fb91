import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { settingsFileSchema, type WatchChoice } from '../../../../electron/contract/settings.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { MODELS_DIR } from '../../../../electron/app/paths.ts'
import { choiceOf } from '../../../../electron/app/watchChoice.ts'
import { readLaunch } from '../../../../electron/shells/electron/launch.ts'

/** Kept and read again, as a restart of the computer does it. */
function kept(choice: WatchChoice): WatchChoice | undefined {
  const file = JSON.stringify(settingsFileSchema.parse({ watch: choice }))
  return settingsFileSchema.parse(JSON.parse(file)).watch
}

const CALL = ['rtsp://cam.example/cabin', '--preset', 'fleet-coach', '--ensemble', 'demo']

describe('what the app begins with', () => {
  it('is, after a restart, what was watched: source, networks, preset and side of the wheel', async () => {
    const first = await readLaunch([...CALL, '--mirror', '--providers', 'cpu'], undefined)
    expect(first.named).toBe(true)
    const again = await readLaunch([], kept(choiceOf(first.request)))
    expect(again.request).toEqual(first.request)
    expect(again).toMatchObject({ named: false, notice: undefined })
  })

  it('is what the command line names, whatever was chosen before', async () => {
    const { request: before } = await readLaunch(CALL, undefined)
    const { request, named } = await readLaunch(['drive.mp4'], kept(choiceOf(before)))
    expect([request.source.uri, request.preset.id, named]).toEqual(['drive.mp4', 'roadward', true])
    const { request: strict } = await readLaunch(['--preset', 'eu-addw'], choiceOf(before))
    expect([strict.source.uri === before.source.uri, strict.preset.id]).toEqual([false, 'eu-addw'])
  })

  it('is watched although an update took the networks away, and says so', async () => {
    const choice = { ...choiceOf((await readLaunch(CALL, undefined)).request), ensemble: 'gone' }
    const { request, notice } = await readLaunch(['--kiosk'], choice)
    expect(request.source.uri).not.toBe('rtsp://cam.example/cabin')
    expect(notice).toMatchObject({ code: 'choice-gone', severity: 'warning' })
  })

  it('keeps names where the program brings things along, and things where it does not', async () => {
    const { request } = await readLaunch(CALL, undefined)
    expect(choiceOf(request)).toMatchObject({ ensemble: 'demo', preset: 'fleet-coach' })
    const own = { ...ROADWARD, id: 'ours' }
    const elsewhere = { directory: path.resolve(MODELS_DIR, '../mine'), allowBroken: false }
    const choice = choiceOf({ ...request, preset: own, ensemble: elsewhere })
    expect(kept(choice)).toMatchObject({ ensemble: elsewhere.directory, preset: own })
  })
})
