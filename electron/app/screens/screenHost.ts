import type { Logger } from 'pino'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import type { Problem } from '../../core/ports.ts'
import { router, type ApiHandler } from './api/router.ts'
import { DriveData } from './driveData.ts'
import type { PdfPrinter } from '../exports/pdfPrinter.ts'
import { ENGINE_ENTRY } from '../paths.ts'
import { Lock } from '../settings/lock.ts'
import type { SettingsStore } from '../settings/settingsStore.ts'
import { EngineSupervisor } from '../supervision/supervisor.ts'
import { choiceOf, requestOfChoice } from '../watchChoice.ts'
import { readCatalog } from './catalog.ts'
import { Hub } from './hub.ts'
import { shared } from './shared.ts'

export interface ScreenHostOptions {
  readonly drive: DriveRequest
  /** The drive begins with the first screen; otherwise the screen asks for a source. */
  readonly hasSource: boolean
  /** Where settings and recorded drives are. */
  readonly directory: string
  /** A plain Node binary: never Electron's (electron/docs/adr/0001). */
  readonly execPath: string
  readonly settings: SettingsStore
  /** Whether this shell can start with the computer. */
  readonly canAutostart: boolean
  /** Where the shell can print reports itself. */
  readonly printPdf?: PdfPrinter | undefined
  /** What to tell once, to the first screen. */
  readonly firstNotice?: Problem | undefined
  readonly log: Logger
}

/** What every shell with a screen has: one monitor, its screens, and the recorded drives. */
export class ScreenHost implements AsyncDisposable {
  readonly supervisor: EngineSupervisor
  readonly hub: Hub
  /** The door of a kiosk, for what a shell offers beside the screen. */
  readonly lock: Lock
  readonly api: ApiHandler
  readonly #data: DriveData

  constructor({ drive, hasSource, settings, log, ...options }: ScreenHostOptions) {
    const { directory, execPath, canAutostart, printPdf } = options
    const supervisor = new EngineSupervisor({ entry: ENGINE_ENTRY, execPath }, log)
    const given = {
      source: hasSource ? drive.source.uri : undefined,
      ensembleDirectory: drive.ensemble.directory,
      preset: drive.preset,
    }
    // It reads every file of every network: a screen that asks a hundred times must not do it so often.
    const catalog = shared(() => readCatalog(given))
    const data = new DriveData({
      directory,
      execPath,
      printPdf,
      log,
      supervisor,
      settings: () => settings.current,
      retentionKnown: () => settings.retentionKnown,
      knowsEnsemble: async (folder) =>
        (await catalog()).ensembles.some((entry) => entry.directory === folder),
    })
    supervisor.recorder = data
    data.settingsChanged()
    settings.subscribe(() => {
      data.settingsChanged()
    })
    const lock = new Lock({ settings, canAutostart })
    const hub = new Hub({
      monitor: supervisor,
      catalog: async () => ({ ...(await catalog()), chosen: await lastChoice(settings) }),
      onChoice: (request) => {
        settings.update({ watch: choiceOf(request) }).catch((thrown: unknown) => {
          log.warn(thrown, 'what was chosen is not kept')
        })
      },
      initial: hasSource ? drive : undefined,
      firstNotice: options.firstNotice,
      lock,
    })
    this.api = router(data.routes, {
      locked: () => lock.locked,
      mayControl: (key) => hub.mayControl(key),
      onFailure: (thrown) => {
        log.error(thrown, 'the data API failed')
      },
    })
    this.supervisor = supervisor
    this.hub = hub
    this.lock = lock
    this.#data = data
  }

  /** The recorder first: what it still hears is written. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#data[Symbol.asyncDispose]()
    await this.supervisor[Symbol.asyncDispose]()
  }
}

/** Undefined where there is none, or an update took its networks or its preset away. */
async function lastChoice({ current }: SettingsStore): Promise<DriveRequest | undefined> {
  if (current.watch === undefined) return undefined
  return requestOfChoice(current.watch).catch(() => undefined)
}
