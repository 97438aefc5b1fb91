import type { Command, StartCommand } from '../contract/commands.ts'
import type { EngineEvent } from '../contract/events.ts'
import { defined } from '../core/defined.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Frame, Millis } from '../core/frame.ts'
import type { FrameSource, Problem } from '../core/ports.ts'
import { unreachable } from '../core/unreachable.ts'
import type { SourceOptions } from '../capture/openSource.ts'
import type { EnsembleOptions } from '../inference/ensemble.ts'
import { nowMs } from './clock.ts'
import { Drive } from './drive.ts'
import { PicturePump, type EncodedPicture } from './picturePump.ts'
import type { EnsemblePort } from './ensemblePort.ts'
import { seeksOnResume } from './timeline.ts'

/** Longest time that opening a source may block before the watchdog calls it a hang. */
const OPEN_SOURCE_MS: Millis = 15_000

/** Loading and warming up an ensemble; the largest of the report's networks takes seconds. */
const OPEN_ENSEMBLE_MS: Millis = 60_000

/** What the engine is made of; tests pass their own. */
export interface EngineParts {
  openSource(uri: string, options: SourceOptions): Promise<FrameSource>
  openEnsemble(directory: string, options: EnsembleOptions): Promise<EnsemblePort>
  /** Takes all events of one moment together. */
  readonly emit: (events: EngineEvent[]) => void
  /** For the screen; not called unless pictures were asked for. */
  encodePicture(frame: Frame): EncodedPicture
  /** Peak resident memory of this process, in MB. */
  peakMemoryMb(): number
}

/** Composes capture, inference and policy for one drive, and speaks the contract. */
export class Engine {
  readonly #parts: EngineParts
  readonly #abort = new AbortController()
  readonly #pictures: PicturePump
  #drive: Drive | undefined
  #started = false
  #speedKmh: number | undefined

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#pictures = new PicturePump({
      encode: (frame) => parts.encodePicture(frame),
      emit: parts.emit,
      nowMs,
    })
  }

  /** Resolves when the command has had its effect; for `start`, when the drive has ended. */
  async handle(command: Command): Promise<void> {
    switch (command.type) {
      case 'start':
        if (this.#started) throw new Error('an engine drives once; fork another')
        this.#started = true
        await this.#start(command)
        return
      case 'stop':
        this.#abort.abort()
        return
      case 'acknowledge':
        this.#drive?.acknowledge()
        return
      case 'speed':
        this.#speedKmh = command.kmh
        this.#drive?.setSpeed(command.kmh)
        return
      case 'pictures':
        this.#pictures.setRate(command.perSecond)
        return
      case 'picture-taken':
        this.#pictures.taken()
        return
      default:
        unreachable(command)
    }
  }

  async #start(command: StartCommand): Promise<void> {
    try {
      const dropped = await this.#run(command)
      this.#parts.emit([
        {
          type: 'ended',
          reason: this.#abort.signal.aborted ? 'stopped' : 'end-of-source',
          dropped,
          peakMemoryMb: this.#parts.peakMemoryMb(),
        },
      ])
    } catch (error) {
      this.#parts.emit([{ type: 'failed', problem: problemOf(error) }])
    }
  }

  /** @returns frames that the source dropped */
  async #run(command: StartCommand): Promise<number> {
    const { preset, speed, resume } = command
    this.#parts.emit([{ type: 'busy', what: 'ensemble', upToMs: OPEN_ENSEMBLE_MS }])
    await using ensemble = await this.#parts.openEnsemble(
      command.ensemble.directory,
      defined({
        providers: command.ensemble.providers,
        allowBroken: command.ensemble.allowBroken,
      }),
    )
    const slowestFrameMs = await timed(() => ensemble.warmUp())
    this.#parts.emit([{ type: 'busy', what: 'source', upToMs: OPEN_SOURCE_MS }])
    await using source = await this.#parts.openSource(command.source.uri, this.#options(command))
    const { manifest, provider, problems, foldNames } = ensemble
    this.#parts.emit([
      {
        type: 'opened',
        source: { ...source.info },
        ensemble: { id: manifest.id, version: manifest.version, folds: [...foldNames] },
        provider,
        preset: preset.id,
        slowestFrameMs,
      },
      ...problems.map((problem): EngineEvent => ({ type: 'notice', problem })),
    ])
    const { signal } = this.#abort
    const { emit } = this.#parts
    const pictures = this.#pictures
    this.#drive = new Drive({ source, ensemble, preset, speed, resume, pictures, emit, signal })
    this.#drive.setSpeed(this.#speedKmh)
    await this.#drive.run()
    return source.dropped
  }

  #options({ source, resume }: StartCommand): SourceOptions {
    const options: SourceOptions = { ...defined(source.options), signal: this.#abort.signal }
    return resume !== undefined && seeksOnResume(resume.kind)
      ? { ...options, startAtMs: resume.lastTMs }
      : options
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof RoadwardError) {
    return { severity: 'error', code: error.code, message: error.message, tip: error.tip }
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { severity: 'error', code: 'internal', message, tip: undefined }
}

async function timed(work: () => Promise<void>): Promise<Millis> {
  const startedAt = nowMs()
  await work()
  return nowMs() - startedAt
}
