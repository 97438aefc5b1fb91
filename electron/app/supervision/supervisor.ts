import type { Logger } from 'pino'
import type { Snapshot, StartCommand } from '../../contract/commands.ts'
import type { EngineEvent } from '../../contract/events.ts'
import type { DriveRequest, MonitorApi, MonitorEvent } from '../../contract/monitorApi.ts'
import type { Millis } from '../../core/frame.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import { unreachable } from '../../core/unreachable.ts'
import type { DriveRecorder } from './driveRecorder.ts'
import type { EngineExit, EngineProcessOptions } from './engineProcess.ts'
import { crashLoopProblem, goesOnAfter, restartDelayMs, restartProblem } from './restartPolicy.ts'
import { WatchedEngine } from './watchedEngine.ts'

/** A frame under way and a device that closes take less; what takes longer hangs. */
const STOP_MS: Millis = 4000

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
  #engine: WatchedEngine | undefined
  #request: DriveRequest | undefined
  #snapshot: Snapshot | undefined
  #speedKmh: number | undefined
  #screenPictures = 0
  #keptPictures = 0
  #live = false
  /** The user asked for the end: an engine that dies now stays dead. */
  #stopping = false
  #respawn: NodeJS.Timeout | undefined
  /** By when an engine that was asked to stop must have done so. */
  #deadline: NodeJS.Timeout | undefined
  /** Lives in a row that died before their first prediction. */
  #fruitless = 0
  /** Why the engine was replaced last. */
  #toldRestart: string | undefined

  constructor(options: EngineProcessOptions, log: Logger) {
    this.#options = options
    this.#log = log
  }

  /** Process id of the engine, for tests. */
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
    this.#guarded(() => this.#recorder?.starting(request))
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
    // A source whose read hangs cannot be left politely; whoever stops does not wait for it.
    this.#deadline ??= setTimeout(() => {
      this.#log.warn({ pid: this.enginePid }, 'engine does not stop, killing it')
      this.#stopped()
    }, STOP_MS)
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

  #askForPictures(): void {
    const perSecond = Math.max(this.#screenPictures, this.#keptPictures)
    this.#engine?.send({ type: 'pictures', perSecond })
  }

  #spawn(request: DriveRequest): void {
    const engine: WatchedEngine = new WatchedEngine(this.#options, this.#log, {
      event: (event) => {
        if (this.#engine === engine) this.#receive(event, engine)
      },
      exit: (exit) => {
        if (this.#engine === engine) this.#died(exit)
      },
    })
    this.#engine = engine
    this.#log.debug({ pid: engine.pid, resume: this.#snapshot?.lastTMs }, 'engine started')
    const command: StartCommand = { type: 'start', ...request }
    engine.send(this.#snapshot === undefined ? command : { ...command, resume: this.#snapshot })
    if (this.#speedKmh !== undefined) engine.send({ type: 'speed', kmh: this.#speedKmh })
    this.#askForPictures()
  }

  #receive(event: EngineEvent, engine: WatchedEngine): void {
    switch (event.type) {
      case 'hello':
      case 'heartbeat':
        return
      case 'busy':
        engine.allow(event.upToMs)
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
        engine.expectFrames(event.slowestFrameMs)
        break
      case 'jump':
        engine.allow(0)
        break
      case 'prediction':
        this.#fruitless = 0
        break
      case 'ended':
        this.#finish()
        break
      case 'failed':
        if (!this.#stopping && goesOnAfter(event.problem, this.#live)) {
          this.#replace(event.problem)
          return
        }
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
    this.#log.warn({ ...exit, fruitless: this.#fruitless }, 'engine died')
    if (this.#stopping) this.#stopped()
    else this.#startAgain(restartProblem(exit), crashLoopProblem(exit))
  }

  /** The engine says that it cannot go on; another may. */
  #replace(problem: Problem): void {
    this.#log.warn(problem, 'engine replaced')
    const engine = this.#engine
    this.#engine = undefined
    engine?.kill()
    this.#startAgain({ ...problem, severity: 'warning' }, problem)
  }

  /**
   * @param told why, said again only when it is another reason
   * @param final what a drive that is given up fails with
   */
  #startAgain(told: Problem, final: Problem): void {
    this.#engine = undefined
    const request = this.#request
    if (request === undefined) return
    this.#fruitless += 1
    const delayMs = restartDelayMs(this.#fruitless, this.#live)
    if (delayMs === undefined) {
      this.#finish()
      this.#emit({ type: 'failed', problem: final })
      return
    }
    const tMs = this.#snapshot?.lastTMs
    if (this.#fruitless === 1 || told.message !== this.#toldRestart) {
      this.#emit({ type: 'notice', tMs, problem: told })
    }
    this.#toldRestart = told.message
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
    clearTimeout(this.#respawn)
    clearTimeout(this.#deadline)
    this.#respawn = undefined
    this.#deadline = undefined
    this.#request = undefined
    const engine = this.#engine
    this.#engine = undefined
    engine?.kill()
  }

  #record(event: Parameters<DriveRecorder['event']>[0]): void {
    this.#guarded(() => this.#recorder?.event(event))
  }

  /** What goes wrong with the recorder must not keep an alert from anybody. */
  #guarded(record: () => void): void {
    try {
      record()
    } catch (thrown) {
      this.#log.error(thrown, 'the recorder failed')
    }
  }

  #emit(event: MonitorEvent): void {
    this.#record(event)
    for (const listener of this.#listeners) listener(event)
  }
}
