import type { EngineEventOf } from '../../contract/events.ts'
import type { DriveRequest, MonitorEvent } from '../../contract/monitorApi.ts'
import type { Millis } from '../../core/frame.ts'
import type { Problem } from '../../core/ports.ts'
import type { DriveRecorder } from '../supervision/driveRecorder.ts'
import { LiveDrive } from './liveDrive.ts'
import type { RecorderParts } from './recorderParts.ts'

/** How often what is new is written: a power cut costs no more. */
const WRITE_EVERY_MS: Millis = 1000

/** Enough to see a hand move; the screen may ask for more. */
const PICTURES_PER_SECOND = 10

/** Records live drives. It only listens: no alert waits for it, and its failures are told. */
export class LiveRecorder implements DriveRecorder, AsyncDisposable {
  readonly #parts: RecorderParts
  readonly #timer: NodeJS.Timeout
  #request: DriveRequest | undefined
  #drive: LiveDrive | undefined
  /** Drives that are being ended. */
  #ending: Promise<unknown> = Promise.resolve()
  #problem: Problem | undefined

  constructor(parts: RecorderParts) {
    this.#parts = parts
    this.#timer = setInterval(() => this.#drive?.write(), WRITE_EVERY_MS)
    this.#timer.unref()
  }

  /** Whether a live source is being watched. */
  get recording(): boolean {
    return this.#drive !== undefined
  }

  /** Why nothing is recorded, while that is so. */
  get problem(): Problem | undefined {
    return this.#problem
  }

  starting(request: DriveRequest): void {
    this.#end()
    this.#request = request
  }

  event(event: MonitorEvent | EngineEventOf<'input' | 'snapshot'>): void {
    if (event.type === 'opened') this.#opened(event)
    else if (event.type === 'ended' || event.type === 'failed') this.#end()
    else this.#drive?.event(event)
  }

  /** Whether pictures are kept may have changed: switched off, it holds at once. */
  settingsChanged(): void {
    const { recording } = this.#parts.settings()
    if (recording.pictures !== 'off') return
    this.#parts.askForPictures(0)
    this.#drive?.stopPictures()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    this.#end()
    await this.#ending
  }

  #opened(opened: EngineEventOf<'opened'>): void {
    const request = this.#request
    // Again after a restart of the engine: the drive goes on.
    if (request === undefined || this.#drive !== undefined || !opened.source.live) return
    const { recording } = this.#parts.settings()
    const mode = recording.pictures
    this.#drive = new LiveDrive({
      ...this.#parts,
      labels: this.#parts.settings().labels,
      request,
      opened,
      mode,
      tell: (problem) => {
        this.#tell(problem)
      },
    })
    if (mode !== 'off') this.#parts.askForPictures(PICTURES_PER_SECOND)
  }

  #tell(problem: Problem): void {
    if (problem.code === 'recording-stopped') this.#problem = problem
    if (problem.code === 'recording-restored') this.#problem = undefined
    this.#parts.tell(problem)
  }

  #end(): void {
    const drive = this.#drive
    this.#drive = undefined
    this.#request = undefined
    if (drive === undefined) return
    this.#parts.askForPictures(0)
    this.#ending = Promise.all([this.#ending, drive.end()])
  }
}
