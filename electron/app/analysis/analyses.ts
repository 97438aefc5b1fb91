import type { Logger } from 'pino'
import type { Analysis, AnalysisRequest } from '../../contract/drives.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'
import type { Problem } from '../../core/ports.ts'
import type { EngineProcessOptions } from '../supervision/engineProcess.ts'
import { analyse, type Analysed, type Progress } from './analysis.ts'
import type { ArchiveClient } from '../recording/openArchive.ts'
import { findTargets, type Target } from './targets.ts'

export interface AnalysesParts {
  readonly archive: ArchiveClient
  readonly engine: EngineProcessOptions
  readonly log: Logger
  readonly now: () => number
  /** Networks are code: only those that the shell itself found are loaded. */
  readonly knowsEnsemble: (directory: string) => Promise<boolean>
}

interface Job {
  readonly target: Target
  readonly request: AnalysisRequest
  analysis: Analysis
  /** Ends it while it runs. */
  abort: AbortController | undefined
}

/** Recordings that are analysed for the review screen, one after the other. */
export class Analyses implements AsyncDisposable {
  readonly #parts: AnalysesParts
  readonly #jobs: Job[] = []
  #running: Promise<void> | undefined
  #live = false
  #next = 1

  constructor(parts: AnalysesParts) {
    this.#parts = parts
  }

  list(): Analysis[] {
    return this.#jobs.map(({ analysis }) => analysis)
  }

  /** @throws RoadwardError `live-drive-running`, `ensemble-not-found`, or what is wrong with it */
  async add(request: AnalysisRequest): Promise<Analysis[]> {
    if (this.#live) throw liveDriveRunning()
    if (!(await this.#parts.knowsEnsemble(request.ensembleDirectory))) throw unknownEnsemble()
    const targets = await findTargets(request.uri)
    const jobs = targets.map((target): Job => {
      const analysis: Analysis = { id: this.#next++, uri: target.name, state: 'waiting' }
      return { target, request, analysis, abort: undefined }
    })
    this.#jobs.push(...jobs)
    this.#run()
    return jobs.map(({ analysis }) => analysis)
  }

  /** Ends one that waits or runs; takes one that is over off the list. */
  cancel(id: number): void {
    const index = this.#jobs.findIndex(({ analysis }) => analysis.id === id)
    const job = this.#jobs[index]
    if (job === undefined) {
      throw new RoadwardError('not-found', `There is no analysis ${id}.`, 'Load the list again.')
    }
    const { state } = job.analysis
    if (state !== 'waiting' && state !== 'running') {
      this.#jobs.splice(index, 1)
      return
    }
    job.analysis = { ...job.analysis, state: 'cancelled' }
    job.abort?.abort()
  }

  /** A driver is being watched, or not any more: all of the machine is the monitor's. */
  setLive(live: boolean): void {
    this.#live = live
    if (live) for (const { abort } of this.#jobs) abort?.abort()
    else this.#run()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#live = true
    for (const { abort } of this.#jobs) abort?.abort()
    await this.#running
  }

  #run(): void {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined
    })
  }

  async #work(): Promise<void> {
    for (;;) {
      const job = this.#jobs.find(({ analysis }) => analysis.state === 'waiting')
      if (job === undefined || this.#live) return
      await this.#job(job)
    }
  }

  async #job(job: Job): Promise<void> {
    const abort = new AbortController()
    job.abort = abort
    job.analysis = { ...job.analysis, state: 'running' }
    const startedAt = this.#parts.now()
    try {
      const analysed = await this.#analyse(job, abort.signal, (progress) => {
        if (job.analysis.state !== 'running') return
        const tookMs = this.#parts.now() - startedAt
        job.analysis = { ...job.analysis, progress: progress.share, leftMs: left(progress, tookMs) }
      })
      job.analysis = { ...job.analysis, drive: analysed.drive, ...this.#outcome(job, analysed) }
    } catch (thrown) {
      // What ends early because of a live drive goes on after it.
      job.analysis = abort.signal.aborted
        ? { ...job.analysis, state: this.#stateAfterAbort(job) }
        : { ...job.analysis, state: 'failed', leftMs: undefined, problem: problemOf(thrown) }
    } finally {
      job.abort = undefined
    }
  }

  #analyse(
    { target, request }: Job,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<Analysed> {
    const { archive, engine, log, now } = this.#parts
    const ensemble = { directory: request.ensembleDirectory, allowBroken: false }
    return analyse(
      { target, ensemble, preset: request.preset, options: {}, labels: {} },
      { archive, engine, log, now, onProgress, onNotice: () => undefined, signal },
    )
  }

  #outcome(job: Job, { outcome }: Analysed): Partial<Analysis> & Pick<Analysis, 'state'> {
    const over = { leftMs: undefined }
    switch (outcome) {
      case 'done':
        return { ...over, state: 'done', progress: 1 }
      case 'skipped':
        return { ...over, state: 'skipped', progress: 1 }
      case 'interrupted':
        return { ...over, state: this.#stateAfterAbort(job) }
    }
  }

  #stateAfterAbort({ analysis }: Job): Analysis['state'] {
    return analysis.state === 'cancelled' ? 'cancelled' : 'waiting'
  }
}

function left({ share }: Progress, tookMs: Millis): Millis | undefined {
  return share === undefined || share === 0 ? undefined : (tookMs / share) * (1 - share)
}

function problemOf(thrown: unknown): Problem {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const { code, tip } =
    thrown instanceof RoadwardError ? thrown : { code: 'internal', tip: undefined }
  return { severity: 'error', code, message, tip }
}

function liveDriveRunning(): RoadwardError {
  return new RoadwardError(
    'live-drive-running',
    'A driver is being watched; analysing a recording would slow that down.',
    'Analyse it when the drive has ended.',
  )
}

function unknownEnsemble(): RoadwardError {
  return new RoadwardError(
    'ensemble-not-found',
    'That folder holds none of the ensembles that are here.',
    'Choose one from the list.',
  )
}
