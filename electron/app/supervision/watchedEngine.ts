import { performance } from 'node:perf_hooks'
import type { Logger } from 'pino'
import type { Command } from '../../contract/commands.ts'
import type { EngineEvent } from '../../contract/events.ts'
import type { Millis } from '../../core/frame.ts'
import { EngineProcess, type EngineExit, type EngineProcessOptions } from './engineProcess.ts'
import { Watchdog } from './watchdog.ts'

/** How often the watchdog looks: fine enough to find a hang and restart within two seconds. */
const CHECK_EVERY_MS: Millis = 200

/** A starting engine loads native libraries before its first message. */
const START_GRACE_MS: Millis = 10_000

export interface EngineListener {
  event(event: EngineEvent): void
  exit(exit: EngineExit): void
}

/** One life of the engine, which ends by itself, by `kill`, or when it is silent for too long. */
export class WatchedEngine {
  readonly #watchdog = new Watchdog(2 * CHECK_EVERY_MS)
  readonly #process: EngineProcess
  readonly #watch: NodeJS.Timeout

  constructor(options: EngineProcessOptions, log: Logger, listener: EngineListener) {
    this.#watchdog.allow(START_GRACE_MS)
    this.#process = new EngineProcess(
      options,
      (events) => {
        this.#watchdog.alive()
        for (const event of events) listener.event(event)
      },
      (exit) => {
        clearInterval(this.#watch)
        listener.exit(exit)
      },
    )
    this.#watch = setInterval(() => {
      if (!this.#watchdog.check(performance.now())) return
      log.warn({ pid: this.pid }, 'engine hangs, killing it')
      this.#process.kill()
    }, CHECK_EVERY_MS)
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  send(command: Command): void {
    this.#process.send(command)
  }

  /** It may be silent for so long beyond the usual, until it says otherwise. */
  allow(ms: Millis): void {
    this.#watchdog.allow(ms)
  }

  /** Everything is open: from now on frames come. */
  expectFrames(slowestFrameMs: Millis): void {
    this.#watchdog.expectFrames(slowestFrameMs)
  }

  kill(): void {
    clearInterval(this.#watch)
    this.#process.kill()
  }
}
