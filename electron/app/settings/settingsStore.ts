import type { InstallationPatch, InstallationSettings } from '../../contract/settings.ts'
import type { Problem } from '../../core/ports.ts'
import { hashPin } from './pin.ts'
import { patched, readSettingsFile, writeSettingsFile, type ReadSettings } from './settingsFile.ts'
import { RoadwardError } from '../../core/errors.ts'

/** The settings of the installation, in `settings.json` of the data folder. */
export class SettingsStore {
  readonly #folder: string
  readonly #listeners = new Set<(settings: InstallationSettings) => void>()
  /** What was wrong with the file when it was opened; told once by the shell. */
  readonly problem: Problem | undefined
  #current: InstallationSettings
  #retentionKnown: boolean
  /** Changes happen one after the other. */
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(folder: string, read: ReadSettings) {
    this.#folder = folder
    this.#current = read.settings
    this.#retentionKnown = read.retentionKnown
    this.problem = read.problem
  }

  /**
   * @param folder the data folder (`dataDir()`); made with the first change
   * @throws RoadwardError `settings-unusable` when the file cannot be read at all
   */
  static async open(folder: string): Promise<SettingsStore> {
    return new SettingsStore(folder, await readSettingsFile(folder))
  }

  /** Never to leave the shell: screens get `publicSettings(current)`. */
  get current(): InstallationSettings {
    return this.#current
  }

  /** Whether it is known how long the owner wants drives kept; until then none is removed. */
  get retentionKnown(): boolean {
    return this.#retentionKnown
  }

  /**
   * Resolves when the change is on the disk and was told.
   * @throws RoadwardError `settings-unusable`; nothing has changed then
   */
  update(patch: InstallationPatch): Promise<void> {
    return this.#enqueue(async () => {
      const { settings, newer, retentionKnown } = await readSettingsFile(this.#folder)
      if (newer) throw ofLaterVersion(this.#folder)
      const next = patched(settings, patch)
      if (patch.pin === '') delete next.pin
      else if (patch.pin !== undefined) next.pin = await hashPin(patch.pin)
      await writeSettingsFile(this.#folder, next)
      this.#retentionKnown = retentionKnown || patch.retention !== undefined
      this.#adopt(next)
    })
  }

  /** Takes over what another process wrote: `roadward settings --reset-pin` beside a running kiosk. */
  reload(): Promise<void> {
    return this.#enqueue(async () => {
      const { settings } = await readSettingsFile(this.#folder)
      if (JSON.stringify(settings) !== JSON.stringify(this.#current)) this.#adopt(settings)
    })
  }

  /** @returns the unsubscribe */
  subscribe(listener: (settings: InstallationSettings) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #adopt(settings: InstallationSettings): void {
    this.#current = settings
    for (const listener of this.#listeners) listener(settings)
  }

  #enqueue(job: () => Promise<void>): Promise<void> {
    const result = this.#queue.then(job)
    this.#queue = result.catch(() => undefined)
    return result
  }
}

function ofLaterVersion(folder: string): RoadwardError {
  return new RoadwardError(
    'settings-unusable',
    `The settings in ${folder} were written by a later Roadward, and are not changed.`,
    'Install that version, or name another folder with --data.',
  )
}
