import { copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import {
  settingsFileSchema,
  type InstallationPatch,
  type InstallationSettings,
} from '../../contract/settings.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import { repairSettings } from './repair.ts'

const NAME = 'settings.json'

/** Its owner only: it names people, and holds the hash of the PIN. */
const MODE = 0o600
const FOLDER_MODE = 0o700

export interface ReadSettings {
  readonly settings: InstallationSettings
  /** What was wrong with the file. */
  readonly problem: Problem | undefined
  /**
   * Whether it is known how long drives are to be kept. Where it is not, none is removed: the
   * defaults are shorter than what many owners chose.
   */
  readonly retentionKnown: boolean
  /** A later version wrote it: it is not overwritten. */
  readonly newer: boolean
}

/**
 * Reads the settings of a data folder; defaults where there are none. Of a file with faults all is
 * kept that can be understood, and the file as it was, beside it.
 */
export async function readSettingsFile(folder: string): Promise<ReadSettings> {
  const file = path.join(folder, NAME)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') {
      return { settings: fresh(), problem: undefined, retentionKnown: true, newer: false }
    }
    throw unusable(file, 'read', thrown)
  }
  const json = parsedJson(text)
  const repaired = repairSettings(json)
  if (repaired?.replaced.length === 0) {
    return { settings: repaired.settings, problem: undefined, retentionKnown: true, newer: false }
  }
  if (repaired?.replaced.includes('schema') === true) {
    const { settings } = repaired
    return { settings, problem: newerProblem(file), retentionKnown: false, newer: true }
  }
  const aside = `${file}.broken`
  await copyFile(file, aside).catch((thrown: unknown) => {
    throw unusable(file, 'copied', thrown)
  })
  if (repaired === undefined) {
    const problem = brokenProblem(file, aside)
    return { settings: fresh(), problem, retentionKnown: false, newer: false }
  }
  return {
    settings: repaired.settings,
    problem: repairedProblem(file, aside, repaired.replaced),
    retentionKnown: !repaired.replaced.some((field) => field.startsWith('retention')),
    newer: false,
  }
}

/** Editors of Windows put a byte order mark in front. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
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
    await rm(draft, { force: true }).catch(() => undefined)
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

function fresh(): InstallationSettings {
  return settingsFileSchema.parse({})
}

function brokenProblem(file: string, aside: string): Problem {
  return {
    severity: 'warning',
    code: 'settings-broken',
    message: `The settings in ${file} cannot be understood; they are as new, without a PIN. No drive is removed meanwhile.`,
    tip: `Set them again; the old file was kept as ${aside}.`,
  }
}

function repairedProblem(file: string, aside: string, fields: readonly string[]): Problem {
  return {
    severity: 'warning',
    code: 'settings-repaired',
    message: `Some settings in ${file} cannot be understood and are as new: ${fields.join(', ')}. The others are kept.`,
    tip: `Set them again; the old file was kept as ${aside}.`,
  }
}

function newerProblem(file: string): Problem {
  return {
    severity: 'warning',
    code: 'settings-newer',
    message: `The settings in ${file} were written by a later Roadward. What is understood of them holds; no drive is removed.`,
    tip: 'Install that version, or name another folder with --data.',
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
