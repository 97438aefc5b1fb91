import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
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
import { datedNotice, recordedAt } from './recordedAt.ts'
import { contentOf, isUnchanged, type Content, type Target } from './targets.ts'

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
 * @throws RoadwardError `analysis-cancelled` when the signal aborts before anything was judged,
 *   `recording-changed`, what the engine failed with, or the archive
 */
export async function analyse(request: AnalysisRequest, parts: AnalysisParts): Promise<Analysed> {
  const { target } = request
  try {
    const content = await contentOf(target, parts.signal)
    const analysisKey = await keyOf(request, content.hash)
    const found = await parts.archive.call('findAnalysis', { key: analysisKey })
    if (found?.status === 'recording') throw busy(target)
    if (found !== undefined) await followMove(found.drive, target, parts.archive)
    if (found?.status === 'complete') {
      return { ...totals(found), outcome: 'skipped', resumed: false }
    }
    parts.signal.throwIfAborted()
    return await new Run(request, parts, { content, analysisKey }, found).result()
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'AbortError') throw cancelled(target)
    throw thrown
  }
}

/** The same content at another place, and nothing where it was: its pictures are looked for there. */
async function followMove(drive: number, { uri }: Target, archive: ArchiveClient): Promise<void> {
  const before = await archive.call('source', { drive })
  if (before.uri !== uri && !existsSync(before.uri)) await archive.call('moved', { drive, uri })
}

/** One run of the engine, written as it goes. */
class Run {
  readonly #request: AnalysisRequest
  readonly #parts: AnalysisParts
  readonly #known: { readonly content: Content; readonly analysisKey: string }
  readonly #resumed: Resumption | undefined
  readonly #log: DriveLog
  #queue: BatchQueue | undefined
  #frames: number | undefined
  #writtenAt: Millis
  #totals = { durationMs: 0, frames: 0 }
  #cutShort = false

  constructor(
    request: AnalysisRequest,
    parts: AnalysisParts,
    known: { readonly content: Content; readonly analysisKey: string },
    resumed: Resumption | undefined,
  ) {
    this.#request = request
    this.#parts = parts
    this.#known = known
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
      await this.#date()
      signal.throwIfAborted()
      const atEnd = await this.#drive(supervisor)
      this.#write()
      const complete = atEnd && (await this.#isWhole())
      await this.#queue?.end(complete ? 'complete' : 'interrupted')
      if (atEnd && !complete) throw changed(this.#request.target)
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

  /** Of a single file it can be said when it was made. */
  async #date(): Promise<void> {
    const { files, uri } = this.#request.target
    if (this.#resumed !== undefined || files.length > 1 || files[0] !== uri) return
    const problem = datedNotice(await recordedAt(uri))
    this.#log.event({ type: 'notice', problem })
    this.#parts.onNotice(problem)
  }

  /** A card may be pulled while it is read: what ended early then is not all there is. */
  async #isWhole(): Promise<boolean> {
    const { content } = this.#known
    return await isUnchanged(this.#request.target, content, this.#cutShort, this.#parts.signal)
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
    if (event.type === 'notice') {
      this.#cutShort ||= event.problem.code === 'video-cut-short'
      this.#parts.onNotice(event.problem)
    }
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
          sourceHash: this.#known.content.hash,
          analysisKey: this.#known.analysisKey,
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

function changed({ name }: Target): RoadwardError {
  return new RoadwardError(
    'recording-changed',
    `${name} was changed or taken away while it was analysed; what was judged until then is kept.`,
    'Put it back as it was and analyse it again: it goes on where it was left off.',
  )
}

function cancelled({ name }: Target): RoadwardError {
  return new RoadwardError('analysis-cancelled', `The analysis of ${name} was ended early.`)
}
