import type { DriveLabels } from '../../contract/drives.ts'
import type { EngineEventOf } from '../../contract/events.ts'
import type { DriveRequest, MonitorEvent } from '../../contract/monitorApi.ts'
import { DriveLog } from '../../archive/driveLog/driveLog.ts'
import { BatchQueue } from './batchQueue.ts'
import { driveHeader } from './driveHeader.ts'
import { PictureKeeping } from './pictureKeeping.ts'
import type { RecorderParts } from './recorderParts.ts'
import {
  PICTURES_RESTORED,
  picturesStopped,
  recordingRestored,
  recordingStopped,
} from './recordingNotices.ts'

export interface LiveDriveParts extends Pick<RecorderParts, 'archive' | 'tell' | 'now'> {
  readonly labels: DriveLabels
  readonly request: DriveRequest
  readonly opened: EngineEventOf<'opened'>
  readonly mode: 'off' | 'clips' | 'drive'
}

/** Events that are written at once, not within a second. */
const URGENT: ReadonlySet<MonitorEvent['type']> = new Set(['alert', 'cleared'])

/** One live drive on its way to the archive. */
export class LiveDrive {
  readonly #log = new DriveLog()
  readonly #queue: BatchQueue
  #pictures: PictureKeeping | undefined
  #urgent = false

  constructor(parts: LiveDriveParts) {
    const { archive, tell, now, mode, request, opened, labels } = parts
    const startedAt = now()
    const pictures = mode === 'off' ? 'none' : mode
    this.#queue = new BatchQueue({
      archive,
      header: () => driveHeader(request, opened, { startedAt, origin: 'live', labels, pictures }),
      onFailure: (error) => {
        tell(recordingStopped(error))
      },
      onRecovery: (lost) => {
        tell(recordingRestored(lost))
      },
    })
    if (mode === 'off') return
    this.#pictures = new PictureKeeping({
      mode,
      drive: () => this.#queue.drive,
      write: (drive, kept) => archive.keepPictures(drive, kept),
      nowMs: now,
      onFailure: (error) => {
        tell(picturesStopped(error))
      },
      onRecovery: () => {
        tell(PICTURES_RESTORED)
      },
    })
  }

  event(event: MonitorEvent | EngineEventOf<'input' | 'snapshot'>): void {
    if (event.type === 'picture') {
      this.#pictures?.picture({ tMs: event.tMs, jpeg: event.jpeg })
      return
    }
    this.#log.event(event)
    if (event.type === 'alert' && !event.cabOnly) this.#pictures?.event(event.tMs)
    if (URGENT.has(event.type as MonitorEvent['type'])) this.#urgent = true
    // The snapshot ends the events of one frame, which are written together.
    if (event.type !== 'snapshot' || !this.#urgent) return
    this.#urgent = false
    this.write()
  }

  write(): void {
    const batch = this.#log.take()
    if (batch !== undefined) this.#queue.push(batch)
    this.#pictures?.write()
  }

  stopPictures(): void {
    void this.#pictures?.end()
    this.#pictures = undefined
  }

  async end(): Promise<void> {
    this.write()
    await Promise.all([this.#queue.end('complete'), this.#pictures?.end()])
  }
}
