import type { Command, PlaybackCommand, StartCommand } from '../contract/commands.ts'
import type { EngineEvent } from '../contract/events.ts'
import { omitUndefined } from '../core/omitUndefined.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Frame, Millis } from '../core/frame.ts'
import type { FrameSource, Problem } from '../core/ports.ts'
import { unreachable } from '../core/unreachable.ts'
import type { SourceOptions } from './capture/openSource.ts'
import type { EnsembleOptions } from './inference/ensemble.ts'
import { nowMs } from './drive/clock.ts'
import { Drive } from './drive/drive.ts'
import { PicturePump, type EncodedPicture } from './drive/picturePump.ts'
import type { EnsemblePort } from './inference/ensemblePort.ts'
import { Playback, type Jump } from './drive/playback.ts'
import { frameBefore } from './drive/stepBack.ts'

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
  /** Of a recording in real time. */
  #playback: Playback | undefined
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
      case 'play':
      case 'pause':
      case 'seek':
      case 'step':
      case 'rate':
        this.#play(command)
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

  /** How long the networks have had the frame that they are at; 0 when there is none. */
  get judgingForMs(): Millis {
    return this.#drive?.judgingForMs ?? 0
  }

  #play(command: PlaybackCommand): void {
    if (this.#playback !== undefined) this.#playback.command(command)
    else this.#parts.emit([{ type: 'notice', problem: NOT_PLAYED }])
  }

  async #start(command: StartCommand): Promise<void> {
    try {
      const dropped = await this.#run(command)
      this.#ended(dropped)
    } catch (error) {
      // Whoever opens a source hears of a stop as an exception.
      if (this.#abort.signal.aborted) this.#ended(0)
      else this.#parts.emit([{ type: 'failed', problem: problemOf(error) }])
    }
  }

  #ended(dropped: number): void {
    const reason = this.#abort.signal.aborted ? 'stopped' : 'end-of-source'
    const peakMemoryMb = this.#parts.peakMemoryMb()
    this.#parts.emit([{ type: 'ended', reason, dropped, peakMemoryMb }])
  }

  /** @returns frames that the source dropped */
  async #run(command: StartCommand): Promise<number> {
    const { signal } = this.#abort
    if (command.speed === 'realtime') {
      this.#playback = new Playback(command.resume, () => {
        this.#playbackChanged()
      })
    }
    this.#parts.emit([{ type: 'busy', what: 'ensemble', upToMs: OPEN_ENSEMBLE_MS }])
    await using ensemble = await this.#parts.openEnsemble(
      command.ensemble.directory,
      omitUndefined({
        providers: command.ensemble.providers,
        allowBroken: command.ensemble.allowBroken,
      }),
    )
    const slowestFrameMs = await timed(() => ensemble.warmUp())
    let dropped = await this.#stretch(command, ensemble, undefined, slowestFrameMs)
    for (;;) {
      let jump = this.#playback?.takeJump()
      if (jump === undefined && command.hold === true) jump = await this.#playback?.end(signal)
      if (jump === undefined || signal.aborted) return dropped
      dropped = await this.#stretch(command, ensemble, jump, slowestFrameMs)
    }
  }

  /**
   * Plays what lies between two jumps: a seek is a source opened anew, which is exact, and a
   * policy that begins afresh.
   *
   * @param jump undefined: from the start, or from where the last engine died
   * @returns frames that the source dropped
   */
  async #stretch(
    command: StartCommand,
    ensemble: EnsemblePort,
    jump: Jump | undefined,
    slowestFrameMs: Millis,
  ): Promise<number> {
    const { emit } = this.#parts
    const { preset } = command
    const resume = jump === undefined ? command.resume : undefined
    emit([{ type: 'busy', what: 'source', upToMs: OPEN_SOURCE_MS }])
    const startAtMs = jump === undefined ? resume?.positionMs : await this.#placeOf(command, jump)
    await using source = await this.#open(command, startAtMs)
    if (source.info.live) this.#playback = undefined
    const playback = this.#playback
    const left = playback?.begin(source)
    if (jump === undefined) emit(openedEvents(source, ensemble, preset.id, slowestFrameMs))
    else {
      playback?.arrive(startAtMs ?? 0)
      emit([{ type: 'jump', tMs: startAtMs ?? 0 }])
    }
    const signal = AbortSignal.any([this.#abort.signal, ...(left === undefined ? [] : [left])])
    const pictures = this.#pictures
    const drive = new Drive({ source, ensemble, preset, playback, resume, pictures, emit, signal })
    this.#drive = drive
    drive.setSpeed(this.#speedKmh)
    if (playback !== undefined) emit([playback.event()])
    await drive.run()
    return source.dropped
  }

  #placeOf(command: StartCommand, { tMs, framesBefore }: Jump): Promise<Millis> {
    if (framesBefore === 0) return Promise.resolve(tMs)
    return frameBefore((startAtMs) => this.#open(command, startAtMs), tMs, framesBefore)
  }

  #open({ source }: StartCommand, startAtMs: Millis | undefined): Promise<FrameSource> {
    const options: SourceOptions = {
      ...omitUndefined(source.options),
      signal: this.#abort.signal,
      onBlocking: (upToMs) => {
        this.#parts.emit([{ type: 'busy', what: 'source', upToMs }])
      },
    }
    return this.#parts.openSource(
      source.uri,
      startAtMs === undefined ? options : { ...options, startAtMs },
    )
  }

  /** The snapshot goes along: an engine that takes over plays, or stands, as this one did. */
  #playbackChanged(): void {
    if (this.#drive === undefined || this.#playback === undefined) return
    this.#parts.emit([this.#playback.event(), this.#drive.snapshot()])
  }
}

const NOT_PLAYED: Problem = {
  severity: 'info',
  code: 'not-played',
  message: 'Only recordings can be paused, moved or played at another speed.',
  tip: undefined,
}

function openedEvents(
  source: FrameSource,
  { manifest, provider, problems, foldNames }: EnsemblePort,
  preset: string,
  slowestFrameMs: Millis,
): EngineEvent[] {
  return [
    {
      type: 'opened',
      source: { ...source.info },
      ensemble: { id: manifest.id, version: manifest.version, folds: [...foldNames] },
      provider,
      preset,
      slowestFrameMs,
    },
    ...problems.map((problem): EngineEvent => ({ type: 'notice', problem })),
  ]
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
