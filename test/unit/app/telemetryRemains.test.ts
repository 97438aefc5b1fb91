import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { removeTelemetryRemains } from '../../../electron/app/telemetryRemains.ts'

/** What earlier versions left: seen with onnxruntime-node 1.30 on Linux. */
function leftBehind(cache: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'roadward-remains-'))
  const temporary = path.join(folder, 'tmp')
  const developerTools = path.join(folder, cache, 'Microsoft', 'DeveloperTools')
  mkdirSync(path.join(developerTools, '.onnxruntime'), { recursive: true })
  mkdirSync(temporary)
  writeFileSync(path.join(developerTools, '.onnxruntime', 'deviceid'), 'x')
  writeFileSync(path.join(developerTools, '.onnxruntime', 'onnxruntime.db'), 'x')
  writeFileSync(path.join(developerTools, 'deviceid'), 'of another program')
  for (const name of ['mat-debug-11.log', 'mat-debug-12.log', 'mat-debug.log', 'report.log']) {
    writeFileSync(path.join(temporary, name), 'x')
  }
  const isRunning = (pid: number): boolean => pid === 12
  return { developerTools, home: folder, temporary, isRunning }
}

describe('what telemetry left behind under earlier versions', () => {
  it('is removed and told once; what is not its own, or is in use, stays', async () => {
    const { developerTools, ...places } = leftBehind('.cache')
    const around = { ...places, platform: 'linux', env: {} } as const
    const told = await removeTelemetryRemains(around)
    expect(told?.code).toBe('telemetry-removed')
    expect(told?.message).toContain(path.join(developerTools, '.onnxruntime'))
    expect(told?.message).toContain('mat-debug-11.log')
    expect(readdirSync(developerTools)).toEqual(['deviceid'])
    expect(readdirSync(places.temporary).sort()).toEqual([
      'mat-debug-12.log',
      'mat-debug.log',
      'report.log',
    ])
    expect(await removeTelemetryRemains(around)).toBeUndefined()
  })

  it.each([
    ['linux', 'elsewhere', (home: string) => ({ XDG_CACHE_HOME: path.join(home, 'elsewhere') })],
    ['darwin', 'Library/Application Support', () => ({})],
  ] as const)('is found where %s keeps it', async (platform, cache, env) => {
    const { developerTools, ...places } = leftBehind(cache)
    await removeTelemetryRemains({ ...places, platform, env: env(places.home) })
    expect(existsSync(path.join(developerTools, '.onnxruntime'))).toBe(false)
  })

  it('is no reason to fail where there is neither cache nor temporary folder', async () => {
    const nowhere = path.join(tmpdir(), 'roadward-no-such-folder')
    expect(
      await removeTelemetryRemains({ home: nowhere, temporary: nowhere, env: {} }),
    ).toBeUndefined()
  })
})
