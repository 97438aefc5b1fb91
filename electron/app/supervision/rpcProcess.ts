import { fork, type ChildProcess } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import {
  answerSchema,
  type ArgsOf,
  type Methods,
  type Question,
  type ResultOf,
} from '../../contract/rpc.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'

/** After so many deaths within so long it is left alone for a while. */
const GIVE_UP = { deaths: 3, withinMs: 10_000, forMs: 30_000 } as const

/** Ours: several times the longest that a question took (another preset over twelve hours, 6.4 s). */
const HANGS_AFTER_MS: Millis = 60_000

/** Bytes of its standard error kept to explain a crash. */
const STDERR_TAIL = 2000

export interface RpcProcessOptions {
  /** What it is called in words: `The archive of drives`. */
  readonly name: string
  /** Code of the errors that tell of its death. */
  readonly code: string
  readonly entry: string
  readonly args: readonly string[]
  /** A plain Node binary: never Electron's (electron/docs/adr/0001). */
  readonly execPath: string
  /** A process that is silent for so long while it has questions hangs, and is started again. */
  readonly hangsAfterMs?: Millis | undefined
  /** It ends after so long without a question, and is started again for the next. */
  readonly idleMs?: Millis | undefined
}

interface Pending {
  readonly method: string
  resolve(value: unknown): void
  reject(error: Error): void
}

/** A process that answers questions: started with the first, and again after a death. */
export class RpcProcess<M extends Methods> implements AsyncDisposable {
  readonly #methods: M
  readonly #options: RpcProcessOptions
  readonly #pending = new Map<number, Pending>()
  #child: ChildProcess | undefined
  #stderr = ''
  #deaths: Millis[] = []
  #idle: NodeJS.Timeout | undefined
  #hang: NodeJS.Timeout | undefined
  #next = 0
  #closed = false

  constructor(methods: M, options: RpcProcessOptions) {
    this.#methods = methods
    this.#options = options
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** @throws RoadwardError what the process answered, or that it died */
  async call<K extends keyof M & string>(method: K, args: ArgsOf<M[K]>): Promise<ResultOf<M[K]>> {
    const asked = this.#methods[method] as M[K]
    const value = await this.#ask(method, asked.args.parse(args))
    return asked.result.parse(value) as ResultOf<M[K]>
  }

  /** Lets it finish what it was asked, within a second. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    clearTimeout(this.#idle)
    clearTimeout(this.#hang)
    const child = this.#child
    if (child?.connected !== true) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    const timer = setTimeout(() => child.kill('SIGKILL'), 1000)
    child.disconnect()
    await gone
    clearTimeout(timer)
  }

  #ask(method: string, args: unknown): Promise<unknown> {
    if (this.#closed) return Promise.reject(this.#failure('has been closed'))
    if (this.#givenUp()) return Promise.reject(this.#failure('died several times in a row'))
    this.#child ??= this.#start()
    clearTimeout(this.#idle)
    const question: Question = { id: this.#next++, method, args }
    const answer = new Promise((resolve, reject) => {
      this.#pending.set(question.id, { method, resolve, reject })
    })
    this.#child.send(question, () => undefined)
    if (this.#hang === undefined) this.#watch(this.#child)
    return answer
  }

  #start(): ChildProcess {
    const { entry, args, execPath } = this.#options
    this.#stderr = ''
    const child = fork(entry, [...args], {
      execPath,
      execArgv: ['--enable-source-maps'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-STDERR_TAIL)
    })
    child.on('message', (message: unknown) => {
      this.#answer(message, child)
    })
    child.on('error', () => {
      this.#died(child)
    })
    child.on('exit', () => {
      this.#died(child)
    })
    return child
  }

  #answer(message: unknown, child: ChildProcess): void {
    const parsed = answerSchema.safeParse(message)
    const pending = parsed.success ? this.#pending.get(parsed.data.id) : undefined
    if (!parsed.success || pending === undefined) {
      child.kill('SIGKILL')
      return
    }
    this.#pending.delete(parsed.data.id)
    this.#deaths = []
    this.#watch(child)
    if ('problem' in parsed.data) {
      const { code, message: text, tip } = parsed.data.problem
      pending.reject(new RoadwardError(code, text, tip))
    } else pending.resolve(parsed.data.value)
    if (this.#pending.size === 0) this.#rest()
  }

  /** Begins anew with each answer, for as long as there are questions. */
  #watch(child: ChildProcess): void {
    clearTimeout(this.#hang)
    this.#hang = undefined
    if (this.#pending.size === 0) return
    const { hangsAfterMs = HANGS_AFTER_MS } = this.#options
    this.#hang = setTimeout(() => {
      this.#hang = undefined
      if (this.#child !== child) return
      this.#died(child, 'did not answer and is started again')
      // The only signal that also ends a stopped process.
      child.kill('SIGKILL')
    }, hangsAfterMs)
  }

  #rest(): void {
    const { idleMs } = this.#options
    if (idleMs === undefined) return
    this.#idle = setTimeout(() => {
      const child = this.#child
      this.#child = undefined
      child?.kill('SIGKILL')
    }, idleMs)
    this.#idle.unref()
  }

  #died(child: ChildProcess, how = 'died and is started again'): void {
    if (this.#child !== child) return
    this.#child = undefined
    clearTimeout(this.#hang)
    this.#hang = undefined
    this.#deaths.push(performance.now())
    const failure = this.#failure(how)
    for (const pending of this.#pending.values()) pending.reject(failure)
    this.#pending.clear()
  }

  #givenUp(): boolean {
    const now = performance.now()
    this.#deaths = this.#deaths.filter((at) => now - at < GIVE_UP.forMs)
    const [first = 0, last = 0] = [this.#deaths.at(-GIVE_UP.deaths), this.#deaths.at(-1)]
    return this.#deaths.length >= GIVE_UP.deaths && last - first < GIVE_UP.withinMs
  }

  #failure(what: string): RoadwardError {
    const { name, code } = this.#options
    const last = this.#stderr.trim().split('\n').at(-1) ?? ''
    const detail = last === '' ? '' : ` Its last words: ${last}`
    return new RoadwardError(code, `${name} ${what}.${detail}`, 'Run `npx roadward doctor`.')
  }
}
