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

  it('skip the byte order mark that editors of Windows put in front', async () => {
    await place('\uFEFF{"kiosk":true,"retention":{"days":365,"gigabytes":100}}')
    const store = await open()
    expect(store.problem).toBeUndefined()
    expect(store.current).toMatchObject({ kiosk: true, retention: { days: 365, gigabytes: 100 } })
  })

  it('lose nothing but the field that cannot be understood, and say which', async () => {
    const pin = { salt: 'c2FsdA', hash: 'aGFzaA' }
    const text = JSON.stringify({
      kiosk: true,
      pin,
      retention: { days: 365, gigabytes: 'much' },
      labels: { driver: 7, vehicle: 'Van 3' },
      recording: 'yes',
    })
    await place(text)
    const store = await open()
    expect(store.current).toEqual({
      ...NEW,
      kiosk: true,
      pin,
      retention: { days: 365, gigabytes: 20 },
      labels: { vehicle: 'Van 3' },
    })
    expect(store.problem).toMatchObject({ code: 'settings-repaired' })
    for (const field of ['retention.gigabytes', 'labels.driver', 'recording']) {
      expect(store.problem?.message).toContain(field)
    }
    expect(await readFile(folder.path('data/settings.json.broken'), 'utf8')).toBe(text)
  })

  it.each([
    ['cut', '{"retention":{"days":365,"giga', false],
    ['empty', '', false],
    ['of a list', '[]', false],
    ['with a bad retention', '{"retention":{"days":0,"gigabytes":5}}', false],
    ['of a later version', '{"schema":"roadward-settings/2","retention":{"days":900}}', false],
    ['with a bad label only', '{"labels":{"driver":7}}', true],
    ['that is whole', '{"retention":{"days":5,"gigabytes":5}}', true],
  ])('let no drive be removed by a file %s: %s', async (_, text, known) => {
    await place(text)
    expect((await open()).retentionKnown).toBe(known)
  })

  it('know how long drives are kept again once somebody says so', async () => {
    await place('{"retention":{"days":365,"giga')
    const store = await open()
    await store.update({ kiosk: true })
    expect(store.retentionKnown).toBe(false)
    await store.update({ retention: { days: 90, gigabytes: 5 } })
    expect(store.retentionKnown).toBe(true)
  })

  it('of a later version hold as far as they are understood, and are not overwritten', async () => {
    const text = '{"schema":"roadward-settings/2","kiosk":true,"colour":"red"}'
    await place(text)
    const store = await open()
    expect(store.current.kiosk).toBe(true)
    expect(store.problem).toMatchObject({ code: 'settings-newer' })
    await expect(store.update({ kiosk: false })).rejects.toMatchObject({
      code: 'settings-unusable',
    })
    expect(await kept()).toBe(text)
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
