import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Resumption } from '../../contract/archive.ts'
import { SNAPSHOT_FORMAT } from '../../contract/commands.ts'
import type { EngineEvent } from '../../contract/events.ts'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'
import type { Problem } from '../../core/ports.ts'
import { DriveLog } from '../../archive/driveLog/driveLog.ts'
import { readManifest } from '../../engine/inference/manifest.ts'
import type { EngineProcessOptions } from '../supervision/engineProcess.ts'
import { EngineSupervisor } from '../supervision/supervisor.ts'
import { archivePort } from '../recording/archivePort.ts'
import { BatchQueue } from '../recording/batchQueue.ts'
import { driveHeader } from '../recording/driveHeader.ts'
import type { ArchiveClient } from '../recording/openArchive.ts'
import { hashOf, type Target } from './targets.ts'

/** What was analysed is written this often: an interruption costs no more. */
const WRITE_EVERY_MS: Millis = 1000

export interface AnalysisRequest extends Omit<DriveRequest, 'source' | 'speed'> {
  readonly target: Target
  readonly options: DriveRequest['source']['options']
  readonly labels: { readonly driver?: string | undefined; readonly vehicle?: string | undefined }
}

export interface Progress {
  readonly doneMs: Millis
  /** 0 to 1; undefined when the length is not known. */
  readonly share: number | undefined
}

export interface AnalysisParts {
  readonly archive: ArchiveClient
  readonly engine: EngineProcessOptions
  readonly log: Logger
  readonly now: () => number
  readonly onProgress: (progress: Progress) => void
  readonly onNotice: (problem: Problem) => void
  readonly signal: AbortSignal
}

export interface Analysed {
  readonly drive: number
  /** `skipped`: the same ensemble and preset have analysed this content before. */
  readonly outcome: 'done' | 'skipped' | 'interrupted'
  /** It went on where it had been interrupted. */
  readonly resumed: boolean
  readonly durationMs: Millis
  readonly frames: number
}

/**
 * Analyses one recording at full speed, in an engine process of its own.
 *
 * @throws RoadwardError what the engine failed with, or the archive
 */
export async function analyse(request: AnalysisRequest, parts: AnalysisParts): Promise<Analysed> {
  const sourceHash = await hashOf(request.target, parts.signal).catch((thrown: unknown) => {
    throw parts.signal.aborted ? cancelled(request.target) : thrown
  })
  const analysisKey = await keyOf(request, sourceHash)
  const found = await parts.archive.call('findAnalysis', { key: analysisKey })
  if (found?.status === 'recording') throw busy(request.target)
  if (found?.status === 'complete') {
    return { ...totals(found), outcome: 'skipped', resumed: false }
  }
  const run = new Run(request, parts, { sourceHash, analysisKey }, found)
  return await run.result()
}

/** One run of the engine, written as it goes. */
class Run {
  readonly #request: AnalysisRequest
  readonly #parts: AnalysisParts
  readonly #hashes: { readonly sourceHash: string; readonly analysisKey: string }
  readonly #resumed: Resumption | undefined
  readonly #log: DriveLog
  #queue: BatchQueue | undefined
  #frames: number | undefined
  #writtenAt: Millis
  #totals = { durationMs: 0, frames: 0 }

  constructor(
    request: AnalysisRequest,
    parts: AnalysisParts,
    hashes: { readonly sourceHash: string; readonly analysisKey: string },
    resumed: Resumption | undefined,
  ) {
    this.#request = request
    this.#parts = parts
    this.#hashes = hashes
    this.#resumed = resumed
    this.#log = new DriveLog(resumed)
    this.#writtenAt = parts.now()
  }

  async result(): Promise<Analysed> {
    const { engine, log, signal } = this.#parts
    await using supervisor = new EngineSupervisor(engine, log)
    const stop = (): void => {
      supervisor.stop()
    }
    signal.addEventListener('abort', stop)
    try {
      if (signal.aborted) throw cancelled(this.#request.target)
      const complete = await this.#drive(supervisor)
      this.#write()
      await this.#queue?.end(complete ? 'complete' : 'interrupted')
      const drive = this.#queue?.drive
      if (drive === undefined) throw cancelled(this.#request.target)
      const outcome = complete ? 'done' : 'interrupted'
      return { drive, outcome, resumed: this.#resumed !== undefined, ...this.#totals }
    } catch (thrown) {
      await this.#queue?.end('interrupted')
      throw thrown
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  /** @returns whether the engine came to the end of the recording */
  #drive(supervisor: EngineSupervisor): Promise<boolean> {
    const { target, options, ensemble, preset } = this.#request
    const chosen = target.driver === undefined ? options : { ...options, driver: [target.driver] }
    const source = { uri: target.uri, options: chosen }
    const drive: DriveRequest = { source, ensemble, preset, speed: 'max' }
    return new Promise((resolve, reject) => {
      supervisor.recorder = {
        starting: () => undefined,
        event: (event) => {
          if (event.type === 'failed') reject(failureOf(event.problem))
          else if (event.type === 'ended') resolve(event.reason === 'end-of-source')
          else this.#event(event, drive, reject)
        },
      }
      supervisor.start(drive, this.#resumed?.snapshot)
    })
  }

  #event(event: EngineEvent, drive: DriveRequest, reject: (error: unknown) => void): void {
    if (event.type === 'opened') {
      this.#frames = event.source.frames
      this.#queue ??= this.#open(drive, event, reject)
    }
    this.#log.event(event)
    if (event.type === 'notice') this.#parts.onNotice(event.problem)
    if (event.type !== 'snapshot') return
    if (this.#parts.now() - this.#writtenAt < WRITE_EVERY_MS) return
    this.#write()
  }

  #open(
    drive: DriveRequest,
    opened: Extract<EngineEvent, { type: 'opened' }>,
    onFailure: (error: unknown) => void,
  ): BatchQueue {
    const { target, labels } = this.#request
    return new BatchQueue({
      archive: archivePort(this.#parts.archive),
      header: () =>
        driveHeader(drive, opened, {
          ...this.#hashes,
          startedAt: this.#parts.now(),
          origin: 'recording',
          name: target.name,
          labels: { driver: labels.driver ?? target.driver, vehicle: labels.vehicle },
          pictures: 'recording',
        }),
      resumed: this.#resumed,
      onWritten: ({ durationMs, frames }) => {
        const share = this.#frames === undefined ? undefined : Math.min(1, frames / this.#frames)
        this.#parts.onProgress({ doneMs: durationMs, share })
      },
      onFailure,
      onRecovery: () => undefined,
    })
  }

  #write(): void {
    this.#writtenAt = this.#parts.now()
    const batch = this.#log.take()
    if (batch === undefined) return
    this.#totals = { durationMs: batch.durationMs, frames: batch.frames }
    this.#queue?.push(batch)
  }
}

/** What has the same key gives the same result, and what one leaves off the other may go on with. */
async function keyOf(
  { ensemble, preset, options }: AnalysisRequest,
  hash: string,
): Promise<string> {
  const { manifest } = await readManifest(ensemble.directory)
  const what = JSON.stringify([SNAPSHOT_FORMAT, hash, manifest, preset, options])
  return createHash('sha256').update(what).digest('hex')
}

function totals({ drive, frames, span, startedMs }: Resumption) {
  return { drive, frames, durationMs: (span?.toMs ?? 0) - (startedMs ?? 0) }
}

function failureOf({ code, message, tip }: Problem): RoadwardError {
  return new RoadwardError(code, message, tip)
}

function busy({ name }: Target): RoadwardError {
  return new RoadwardError(
    'analysis-running',
    `${name} is being analysed by another Roadward.`,
    'Wait for it, or end it.',
  )
}

function cancelled({ name }: Target): RoadwardError {
  return new RoadwardError('analysis-cancelled', `The analysis of ${name} was ended early.`)
}
