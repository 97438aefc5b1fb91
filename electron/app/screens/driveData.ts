import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { PublicSettings } from '../../contract/settings.ts'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { analysisRoutes } from './api/analysisRoutes.ts'
import { driveRoutes } from './api/driveRoutes.ts'
import { exportRoutes } from './api/exportRoutes.ts'
import { pictureRoutes } from './api/pictureRoutes.ts'
import { reviewRoutes } from './api/reviewRoutes.ts'
import type { Route } from './api/router.ts'
import { storageRoutes } from './api/storageRoutes.ts'
import { openBlurrer, type Blurrer } from '../exports/blurrer.ts'
import { chromiumPrinter } from '../exports/chromiumPrinter.ts'
import { ExportQueue } from '../exports/exportQueue.ts'
import type { PdfPrinter } from '../exports/pdfPrinter.ts'
import { ENGINE_ENTRY, MODELS_DIR, RENDERER_DIR } from '../paths.ts'
import type { EngineSupervisor } from '../supervision/supervisor.ts'
import type { DriveRecorder } from '../supervision/driveRecorder.ts'
import { Analyses } from '../analysis/analyses.ts'
import { archivePort } from '../recording/archivePort.ts'
import { DrivePictures } from '../pictures/drivePictures.ts'
import { LiveRecorder } from '../recording/liveRecorder.ts'
import { openArchive, type ArchiveClient } from '../recording/openArchive.ts'
import { openViewer, type ViewerClient } from '../pictures/openViewer.ts'

/** Ours: the last second of a drive is written in a tenth of that. */
const LONGEST_END_MS = 8000

type Settings = Pick<PublicSettings, 'recording' | 'retention' | 'labels'>

export interface DriveDataOptions {
  /** Data folder. */
  readonly directory: string
  /** A plain Node binary: never Electron's (electron/docs/adr/0001). */
  readonly execPath: string
  readonly log: Logger
  /** Whose live drives are recorded. */
  readonly supervisor: Pick<EngineSupervisor, 'keepPictures' | 'tell'>
  /** As they are at this moment. */
  readonly settings: () => Settings
  /** Whether it is known how long the owner wants drives kept; until then none is removed. */
  readonly retentionKnown: () => boolean
  /** Whether the shell itself found networks in this folder. */
  readonly knowsEnsemble: (directory: string) => Promise<boolean>
  /** Prints reports; a browser of this machine where the shell is none itself. */
  readonly printPdf?: PdfPrinter | undefined
}

/** Recorded drives, as every shell has them: archive, recorder, viewer, analyses and their routes. */
export class DriveData implements DriveRecorder, AsyncDisposable {
  readonly archive: ArchiveClient
  readonly pictures: DrivePictures
  readonly routes: readonly Route[]
  readonly #options: DriveDataOptions
  readonly #viewer: ViewerClient
  readonly #blurrer: Blurrer
  readonly #recorder: LiveRecorder
  readonly #analyses: Analyses
  readonly #exports = new ExportQueue()

  constructor(options: DriveDataOptions) {
    const { directory, execPath, log, supervisor, settings, knowsEnsemble } = options
    this.#options = options
    this.archive = openArchive(directory, execPath)
    this.#viewer = openViewer(execPath)
    this.#blurrer = openBlurrer(execPath)
    this.pictures = new DrivePictures(this.archive, this.#viewer, MODELS_DIR)
    const now = (): number => Date.now()
    this.#recorder = new LiveRecorder({
      archive: archivePort(this.archive),
      settings,
      tell: (problem) => {
        supervisor.tell(problem)
      },
      askForPictures: (perSecond) => {
        supervisor.keepPictures(perSecond)
      },
      now,
    })
    this.#analyses = new Analyses({
      archive: this.archive,
      engine: { entry: ENGINE_ENTRY, execPath },
      log,
      now,
      knowsEnsemble,
    })
    this.routes = [
      ...driveRoutes(this.archive),
      ...pictureRoutes(this.pictures),
      ...reviewRoutes(this.archive),
      ...analysisRoutes(this.#analyses),
      ...exportRoutes({
        queue: this.#exports,
        archive: this.archive,
        pictures: this.pictures,
        blurrer: this.#blurrer,
        directory,
        modelsDir: MODELS_DIR,
        printPdf: options.printPdf ?? chromiumPrinter({ rendererDir: RENDERER_DIR }),
        now,
      }),
      ...storageRoutes(this.archive, () => this.#recorder.problem),
    ]
  }

  /** Limits and the wish for pictures may have changed; to be called once at the start, too. */
  settingsChanged(): void {
    const { days, gigabytes } = this.#options.settings().retention
    this.#recorder.settingsChanged()
    if (!this.#options.retentionKnown()) return
    this.archive.call('retain', { days, bytes: gigabytes * 1e9 }).then(
      ({ problem }) => {
        if (problem !== undefined) this.#options.supervisor.tell(problem)
      },
      (thrown: unknown) => {
        this.#options.log.warn(thrown, 'drives that are too old were not removed')
      },
    )
  }

  starting(request: DriveRequest): void {
    this.#recorder.starting(request)
  }

  event(event: Parameters<DriveRecorder['event']>[0]): void {
    this.#recorder.event(event)
    // Only what is live keeps the machine from other work.
    if (event.type === 'opened') this.#analyses.setLive(event.source.live)
    if (event.type === 'ended' || event.type === 'failed') this.#analyses.setLive(false)
  }

  /** What was recorded is written first; a process that hangs is not waited for. */
  async [Symbol.asyncDispose](): Promise<void> {
    const patience = new AbortController()
    await Promise.race([
      this.#endAll(),
      sleep(LONGEST_END_MS, undefined, { signal: patience.signal }).catch(() => undefined),
    ])
    patience.abort()
    await this.archive[Symbol.asyncDispose]()
  }

  async #endAll(): Promise<void> {
    await Promise.all([
      this.#recorder[Symbol.asyncDispose](),
      this.#analyses[Symbol.asyncDispose](),
      this.#exports[Symbol.asyncDispose](),
    ])
    // An export that was under way may have been asking them.
    await Promise.all([this.#viewer[Symbol.asyncDispose](), this.#blurrer[Symbol.asyncDispose]()])
  }
}
