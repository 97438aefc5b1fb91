import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import {
  settingsFileSchema,
  type InstallationPatch,
  type InstallationSettings,
} from '../../contract/settings.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'

const NAME = 'settings.json'

/** Its owner only: it names people, and holds the hash of the PIN. */
const MODE = 0o600
const FOLDER_MODE = 0o700

export interface ReadSettings {
  readonly settings: InstallationSettings
  /** What was wrong with the file, which was put aside. */
  readonly problem: Problem | undefined
}

/** Reads the settings of a data folder; defaults where there are none, or none to be understood. */
export async function readSettingsFile(folder: string): Promise<ReadSettings> {
  const file = path.join(folder, NAME)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return { ...defaults() }
    throw unusable(file, 'read', thrown)
  }
  try {
    return { settings: settingsFileSchema.parse(JSON.parse(text)), problem: undefined }
  } catch {
    const aside = `${file}.broken`
    await rename(file, aside).catch((thrown: unknown) => {
      throw unusable(file, 'moved aside', thrown)
    })
    return { ...defaults(), problem: brokenProblem(file, aside) }
  }
}

/** Whole or not at all, also when the power goes: the vehicle is switched off without asking. */
export async function writeSettingsFile(
  folder: string,
  settings: InstallationSettings,
): Promise<void> {
  const file = path.join(folder, NAME)
  const draft = `${file}.${process.pid}.tmp`
  try {
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE })
    const handle = await open(draft, 'w', MODE)
    try {
      await handle.writeFile(`${JSON.stringify(settings, undefined, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (thrown) {
    throw unusable(file, 'written', thrown)
  }
}

/** The settings with what was changed, but for the PIN, which takes time to hash. */
export function patched(
  settings: InstallationSettings,
  { kiosk, autostart, recording, retention, labels, watch }: InstallationPatch,
): InstallationSettings {
  return {
    ...settings,
    kiosk: kiosk ?? settings.kiosk,
    autostart: autostart ?? settings.autostart,
    recording: recording ?? settings.recording,
    retention: retention ?? settings.retention,
    labels: labels ?? settings.labels,
    watch: watch ?? settings.watch,
  }
}

function defaults(): ReadSettings {
  return { settings: settingsFileSchema.parse({}), problem: undefined }
}

function brokenProblem(file: string, aside: string): Problem {
  return {
    severity: 'warning',
    code: 'settings-broken',
    message: `The settings in ${file} could not be understood; they are as new, without a PIN.`,
    tip: `The old file was kept as ${aside}.`,
  }
}

function unusable(file: string, how: string, cause: unknown): RoadwardError {
  const { code = String(cause) } = cause as NodeJS.ErrnoException
  return new RoadwardError(
    'settings-unusable',
    `The settings ${file} cannot be ${how} (${code}).`,
    'Check the rights of that folder and the space on its disk.',
    { cause },
  )
}
