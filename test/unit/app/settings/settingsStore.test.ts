import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataDir } from '../../../../electron/app/paths.ts'
import { SettingsStore } from '../../../../electron/app/settings/settingsStore.ts'
import { scratchFolder } from '../../../support/collect.ts'

const NEW = {
  schema: 'roadward-settings/1',
  kiosk: false,
  autostart: false,
  recording: { pictures: 'off' },
  retention: { days: 30, gigabytes: 20 },
  labels: {},
}

let folder: Awaited<ReturnType<typeof scratchFolder>>

beforeEach(async () => {
  folder = await scratchFolder()
})

afterEach(() => folder[Symbol.asyncDispose]())

const open = () => SettingsStore.open(folder.path('data'))
const kept = () => readFile(folder.path('data/settings.json'), 'utf8')

async function place(text: string): Promise<void> {
  await mkdir(folder.path('data'))
  await writeFile(folder.path('data/settings.json'), text)
}

describe('the settings of the installation', () => {
  it('take no pictures of anybody until somebody says so', async () => {
    const store = await open()
    expect(store.current).toEqual(NEW)
    expect(store.problem).toBeUndefined()
    await expect(kept()).rejects.toThrow('ENOENT')
  })

  it('survive, for their owner alone, and leave no draft behind', async () => {
    const store = await open()
    await store.update({ kiosk: true, labels: { driver: 'Li Wei' } })
    const again = await open()
    expect(again.current).toEqual({ ...NEW, kiosk: true, labels: { driver: 'Li Wei' } })
    expect((await stat(folder.path('data/settings.json'))).mode & 0o077).toBe(0)
    expect(await readdir(folder.path('data'))).toEqual(['settings.json'])
  })

  it('keep the PIN as a salted hash, and forget it when it is taken away', async () => {
    const store = await open()
    await store.update({ pin: '246810' })
    const { pin } = store.current
    expect(await kept()).not.toContain('246810')
    await store.update({ pin: '246810' })
    expect(store.current.pin).not.toEqual(pin)
    await store.update({ pin: '' })
    expect(store.current).toEqual(NEW)
  })

  it('tell of every change, in order, also when they come at once', async () => {
    const store = await open()
    const told: number[] = []
    const stop = store.subscribe(({ retention }) => told.push(retention.days))
    await Promise.all(
      [7, 14, 90].map((days) => store.update({ retention: { days, gigabytes: 5 } })),
    )
    stop()
    await store.update({ kiosk: true })
    expect(told).toEqual([7, 14, 90])
    expect(store.current.retention.days).toBe(90)
  })

  it('begin anew when the file cannot be understood, and keep it', async () => {
    await place('{"kiosk": tru')
    const store = await open()
    expect(store.current).toEqual(NEW)
    expect(store.problem).toMatchObject({ severity: 'warning', code: 'settings-broken' })
    expect(await readFile(folder.path('data/settings.json.broken'), 'utf8')).toBe('{"kiosk": tru')
  })

  it('understand a file of an older version', async () => {
    await place('{"kiosk":true}')
    expect((await open()).current).toEqual({ ...NEW, kiosk: true })
  })

  it('say that they cannot be kept, and stay as they were', async () => {
    const store = await open()
    await writeFile(folder.path('data'), 'a file where the folder should be')
    await expect(store.update({ kiosk: true })).rejects.toMatchObject({
      code: 'settings-unusable',
    })
    expect(store.current.kiosk).toBe(false)
  })
})

describe('the data folder', () => {
  const at = (platform: NodeJS.Platform, env: Record<string, string> = {}) =>
    dataDir({ platform, env, home: '/home/li' })

  it('is where the platform keeps such things', () => {
    expect(at('linux')).toBe('/home/li/.local/share/roadward')
    expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/roadward')
    expect(at('linux', { XDG_DATA_HOME: 'data' })).toBe('/home/li/.local/share/roadward')
    expect(at('darwin')).toBe('/home/li/Library/Application Support/Roadward')
  })

  it('is where the user says', () => {
    expect(at('darwin', { ROADWARD_DATA: '/mnt/drives' })).toBe('/mnt/drives')
  })
})
