import process from 'node:process'
import { RoadwardError } from '../../core/errors.ts'
import { analyse, type Analysed, type AnalysisRequest } from '../../app/analysis/analysis.ts'
import { openArchive, type ArchiveClient } from '../../app/recording/openArchive.ts'
import { findTargets, type Target } from '../../app/analysis/targets.ts'
import { createLog } from '../../app/log.ts'
import { ENGINE_ENTRY } from '../../app/paths.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { Interruption } from '../../app/commandLine/interruption.ts'
import { printError } from '../../app/commandLine/output.ts'
import { ReplayReport } from './replayReport.ts'

export interface ReplayOptions extends Omit<AnalysisRequest, 'target'> {
  /** As the user named them. */
  readonly files: readonly string[]
  /** Data folder. */
  readonly directory: string
  readonly json: boolean
  readonly verbose: boolean
}

/**
 * Analyses recordings one after the other. A broken one is reported and does not stop the rest.
 *
 * @returns exit code 1 when one of them could not be analysed
 */
export async function replay(options: ReplayOptions): Promise<ExitCode> {
  await using archive = openArchive(options.directory)
  using interruption = new Interruption()
  return await new Replay(options, archive, interruption.signal).run()
}

class Replay {
  readonly #options: ReplayOptions
  readonly #archive: ArchiveClient
  readonly #signal: AbortSignal
  readonly #report: ReplayReport
  #failed = false

  constructor(options: ReplayOptions, archive: ArchiveClient, signal: AbortSignal) {
    this.#options = options
    this.#archive = archive
    this.#signal = signal
    this.#report = new ReplayReport(options.json, process.stderr.isTTY)
  }

  async run(): Promise<ExitCode> {
    // Before the first recording is read: a folder that cannot be written is no good for any.
    await this.#archive.call('storage', {})
    for (const file of this.#options.files) {
      for (const target of await this.#targets(file)) await this.#target(target)
    }
    this.#report.close()
    return this.#failed || this.#signal.aborted ? EXIT.failed : EXIT.done
  }

  async #targets(file: string): Promise<readonly Target[]> {
    try {
      return await findTargets(file)
    } catch (thrown) {
      this.#fail(file, thrown)
      return []
    }
  }

  async #target(target: Target): Promise<void> {
    if (this.#signal.aborted) return
    this.#report.begin(target.name)
    try {
      const analysed = await this.#analyse(target)
      const { summary } = await this.#archive.call('get', { drive: analysed.drive })
      this.#report.done(target.name, analysed, summary)
    } catch (thrown) {
      this.#fail(target.name, thrown)
      // Without a place to write to, or networks, the next one would fail just so.
      if (thrown instanceof RoadwardError && HOPELESS.test(thrown.code)) throw thrown
    }
  }

  #analyse(target: Target): Promise<Analysed> {
    const { ensemble, preset, options, labels, verbose } = this.#options
    return analyse(
      { target, ensemble, preset, options, labels },
      {
        archive: this.#archive,
        engine: { entry: ENGINE_ENTRY, execPath: process.execPath },
        log: createLog(verbose),
        now: () => Date.now(),
        onProgress: (progress) => {
          this.#report.progress(progress)
        },
        onNotice: (problem) => {
          this.#report.notice(problem)
        },
        signal: this.#signal,
      },
    )
  }

  #fail(name: string, thrown: unknown): void {
    this.#failed = true
    this.#report.failed(name, thrown)
    if (!this.#options.json) printError(thrown, this.#options.verbose)
  }
}

const HOPELESS = /^(disk-full|archive-|manifest-|model-|ensemble-|fold-)/
