import { performance } from 'node:perf_hooks'
import type { Logger } from 'pino'
import type { Snapshot, StartCommand } from '../../contract/commands.ts'
import type { EngineEvent, EngineEventOf } from '../../contract/events.ts'
import type { DriveRequest, MonitorApi, MonitorEvent } from '../../contract/monitorApi.ts'
import type { Millis } from '../../core/frame.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import { unreachable } from '../../core/unreachable.ts'
import { EngineProcess, type EngineExit, type EngineProcessOptions } from './engineProcess.ts'
import { crashLoopProblem, restartDelayMs, restartProblem } from './restartPolicy.ts'
import { Watchdog } from './watchdog.ts'

/** How often the watchdog looks: fine enough to find a hang and restart within two seconds. */
const CHECK_EVERY_MS: Millis = 200

/** A starting engine loads native libraries before its first message. */
const START_GRACE_MS: Millis = 10_000

/** Keeps drives: it hears everything, in order, also what is of no use to screens. */
export interface DriveRecorder {
  starting(request: DriveRequest): void
  event(event: MonitorEvent | EngineEventOf<'input' | 'snapshot'>): void
}

/**
 * Keeps one engine alive for one drive at a time: a crash or a hang costs the driver less than
 * two seconds of monitoring, is announced, and an alert under way survives, because the new
 * engine is handed the last snapshot of the policy.
 */
export class EngineSupervisor implements MonitorApi, AsyncDisposable {
  readonly #options: EngineProcessOptions
  readonly #log: Logger
  readonly #listeners = new Set<(event: MonitorEvent) => void>()
  #recorder: DriveRecorder | undefined
  #engine: EngineProcess | undefined
  #request: DriveRequest | undefined
  #snapshot: Snapshot | undefined
  #speedKmh: number | undefined
  #screenPictures = 0
  #keptPictures = 0
  #live = false
  /** The user asked for the end: an engine that dies now stays dead. */
  #stopping = false
  #watch: NodeJS.Timeout | undefined
  #respawn: NodeJS.Timeout | undefined
  /** Lives in a row that died before their first prediction. */
  #fruitless = 0

  constructor(options: EngineProcessOptions, log: Logger) {
    this.#options = options
    this.#log = log
  }

  /** Process id of the engine, for tests and for `doctor`. */
  get enginePid(): number | undefined {
    return this.#engine?.pid
  }

  /** Who keeps the drives of this monitor; it hears of each before the screens do. */
  set recorder(recorder: DriveRecorder | undefined) {
    this.#recorder = recorder
  }

  /** @param resume where an interrupted analysis goes on */
  start(request: DriveRequest, resume?: Snapshot): void {
    if (this.#request !== undefined) {
      throw new RoadwardError('drive-running', 'A drive is already running.', 'Stop it first.')
    }
    this.#request = request
    this.#snapshot = resume
    this.#fruitless = 0
    this.#live = false
    this.#stopping = false
    this.#recorder?.starting(request)
    this.#spawn(request)
  }

  stop(): void {
    if (this.#respawn !== undefined) {
      // Between two lives there is nobody to ask.
      this.#stopped()
      return
    }
    this.#stopping = true
    this.#engine?.send({ type: 'stop' })
  }

  acknowledge(): void {
    this.#engine?.send({ type: 'acknowledge' })
  }

  play(): void {
    this.#engine?.send({ type: 'play' })
  }

  pause(): void {
    this.#engine?.send({ type: 'pause' })
  }

  seek(tMs: number): void {
    this.#engine?.send({ type: 'seek', tMs })
  }

  step(frames: 1 | -1): void {
    this.#engine?.send({ type: 'step', frames })
  }

  setRate(rate: number): void {
    this.#engine?.send({ type: 'rate', rate })
  }

  setSpeed(kmh: number | undefined): void {
    this.#speedKmh = kmh
    this.#engine?.send({ type: 'speed', kmh })
  }

  setPictures(perSecond: number): void {
    this.#screenPictures = perSecond
    this.#askForPictures()
  }

  /** Pictures for the recorder, which takes each at once: it holds up no screen. */
  keepPictures(perSecond: number): void {
    this.#keptPictures = perSecond
    this.#askForPictures()
  }

  /** Something that every screen should show. */
  tell(problem: Problem): void {
    this.#emit({ type: 'notice', problem })
  }

  pictureTaken(): void {
    this.#engine?.send({ type: 'picture-taken' })
  }

  subscribe(listener: (event: MonitorEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#finish()
    return Promise.resolve()
  }

  get #picturesPerSecond(): number {
    return Math.max(this.#screenPictures, this.#keptPictures)
  }

  #askForPictures(): void {
    this.#engine?.send({ type: 'pictures', perSecond: this.#picturesPerSecond })
  }

  #spawn(request: DriveRequest): void {
    const watchdog = new Watchdog(2 * CHECK_EVERY_MS)
    watchdog.allow(START_GRACE_MS)
    const engine = new EngineProcess(
      this.#options,
      (events) => {
        watchdog.alive()
        for (const event of events) this.#receive(event, watchdog)
      },
      (exit) => {
        if (this.#engine === engine) this.#died(exit)
      },
    )
    this.#engine = engine
    this.#log.debug({ pid: engine.pid, resume: this.#snapshot?.lastTMs }, 'engine started')
    const command: StartCommand = { type: 'start', ...request }
    engine.send(this.#snapshot === undefined ? command : { ...command, resume: this.#snapshot })
    if (this.#speedKmh !== undefined) engine.send({ type: 'speed', kmh: this.#speedKmh })
    if (this.#picturesPerSecond > 0) this.#askForPictures()
    this.#watch = setInterval(() => {
      if (!watchdog.check(performance.now())) return
      this.#log.warn({ pid: engine.pid }, 'engine hangs, killing it')
      engine.kill()
    }, CHECK_EVERY_MS)
  }

  #receive(event: EngineEvent, watchdog: Watchdog): void {
    switch (event.type) {
      case 'hello':
      case 'heartbeat':
        return
      case 'busy':
        this.#log.debug(event, 'engine busy')
        watchdog.allow(event.upToMs)
        return
      case 'snapshot':
        this.#snapshot = event.snapshot
        this.#record(event)
        return
      case 'input':
        this.#record(event)
        return
      case 'opened':
        this.#live = event.source.live
        watchdog.expectFrames(event.slowestFrameMs)
        break
      case 'jump':
        watchdog.opened()
        break
      case 'prediction':
        this.#fruitless = 0
        break
      case 'ended':
      case 'failed':
        this.#finish()
        break
      case 'picture':
        if (this.#keptPictures > 0) this.pictureTaken()
        break
      case 'drive':
      case 'playback':
      case 'alert':
      case 'cleared':
      case 'state':
      case 'notice':
        break
      default:
        unreachable(event)
    }
    this.#emit(event)
  }

  #died(exit: EngineExit): void {
    clearInterval(this.#watch)
    this.#engine = undefined
    const request = this.#request
    if (request === undefined) return
    if (this.#stopping) {
      this.#stopped()
      return
    }
    this.#fruitless += 1
    this.#log.warn({ ...exit, fruitless: this.#fruitless }, 'engine died')
    const delayMs = restartDelayMs(this.#fruitless, this.#live)
    if (delayMs === undefined) {
      this.#finish()
      this.#emit({ type: 'failed', problem: crashLoopProblem(exit) })
      return
    }
    const tMs = this.#snapshot?.lastTMs
    this.#emit({ type: 'notice', tMs, problem: restartProblem(exit) })
    this.#emit({ type: 'state', tMs: tMs ?? 0, state: 'blind', reason: 'engine-restarting' })
    this.#respawn = setTimeout(() => {
      this.#respawn = undefined
      this.#spawn(request)
    }, delayMs)
  }

  /** Ends a drive whose engine can no longer say so itself. */
  #stopped(): void {
    this.#finish()
    this.#emit({ type: 'ended', reason: 'stopped', dropped: 0, peakMemoryMb: 0 })
  }

  #finish(): void {
    clearInterval(this.#watch)
    clearTimeout(this.#respawn)
    this.#respawn = undefined
    this.#request = undefined
    const engine = this.#engine
    this.#engine = undefined
    engine?.kill()
  }

  /** What goes wrong there must not keep an alert from anybody. */
  #record(event: Parameters<DriveRecorder['event']>[0]): void {
    try {
      this.#recorder?.event(event)
    } catch (thrown) {
      this.#log.error(thrown, 'the recorder failed')
    }
  }

  #emit(event: MonitorEvent): void {
    this.#record(event)
    for (const listener of this.#listeners) listener(event)
  }
}
