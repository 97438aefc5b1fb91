import { fork, type ChildProcess } from 'node:child_process'
import { commandSchema, type Command } from '../../contract/commands.ts'
import { engineMessageSchema, type EngineEvent } from '../../contract/events.ts'

/** Bytes of the engine's standard error kept to explain a crash. */
const STDERR_TAIL = 2000

export interface EngineExit {
  /** In words: `exit code 1` or `signal SIGKILL`. */
  readonly cause: string
  /** The end of what the native libraries wrote before they died. */
  readonly stderr: string
}

export interface EngineProcessOptions {
  /** The built entry, `dist/engine/process.js`. */
  readonly entry: string
  /** A plain Node binary: never Electron's (electron/docs/adr/0001). */
  readonly execPath: string
}

/** One life of the engine: forked, spoken to, killed. Restarting is the supervisor's business. */
export class EngineProcess {
  readonly #child: ChildProcess
  #stderr = ''
  #gone = false

  constructor(
    options: EngineProcessOptions,
    onEvents: (events: readonly EngineEvent[]) => void,
    onExit: (exit: EngineExit) => void,
  ) {
    this.#child = fork(options.entry, [], {
      execPath: options.execPath,
      execArgv: ['--enable-source-maps'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-STDERR_TAIL)
    })
    this.#child.on('message', (message: unknown) => {
      if (this.#gone) return
      const parsed = engineMessageSchema.safeParse(message)
      if (parsed.success) onEvents(parsed.data)
      else this.#breach(parsed.error.message)
    })
    this.#child.on('error', (error) => {
      this.#exit(onExit, error.message)
    })
    this.#child.on('exit', (code, signal) => {
      this.#exit(onExit, signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`)
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** A message to a dead engine is dropped: its exit is told through `onExit`. */
  send(command: Command): void {
    if (!this.#gone && this.#child.connected) {
      this.#child.send(commandSchema.parse(command), () => undefined)
    }
  }

  /** SIGKILL: the only signal that also ends a stopped or hung process. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** An engine that breaks the contract is not to be believed: it dies, and the shell lives. */
  #breach(reason: string): void {
    this.#stderr = `message against the contract: ${reason.replaceAll(/\s+/g, ' ')}`
    this.kill()
  }

  #exit(onExit: (exit: EngineExit) => void, cause: string): void {
    if (this.#gone) return
    this.#gone = true
    onExit({ cause, stderr: this.#stderr.trim() })
  }
}
