import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SettingsPatch } from '../../electron/contract/settings.ts'
import { Lock } from '../../electron/app/settings/lock.ts'
import { SettingsStore } from '../../electron/app/settings/settingsStore.ts'

/** The door of a new installation, or of one with these settings whose owner has gone. */
export async function openLock(patch?: SettingsPatch): Promise<Lock> {
  const settings = await SettingsStore.open(await mkdtemp(path.join(tmpdir(), 'roadward-data-')))
  if (patch !== undefined) await settings.update(patch)
  return new Lock({ settings, canAutostart: false })
}
