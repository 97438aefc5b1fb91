import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'

const MAIN = fileURLToPath(new URL('../../../dist/electron/main.js', import.meta.url))
const REGISTER = new URL('register.mjs', import.meta.url).href

/** What the stand-in saw the app do; see `standIn.mjs`. */
export interface AppState {
  readonly schemes: readonly string[]
  readonly sandboxed: boolean
  readonly blockers: number
  readonly menuLabels: readonly string[]
  readonly trayLabels: readonly string[]
  readonly windows: number
  readonly focused: boolean
  readonly kiosk: boolean
  readonly webPreferences: Readonly<Record<string, unknown>>
  readonly windowOpen: string
}

/** The built app, its main process under the stand-in and its window a page of Chromium. */
export class AppDriver {
  readonly #child: ChildProcess
  readonly #port: number
  readonly #answers = new Map<number, (answer: unknown) => void>()
  readonly ended: Promise<number | null>
  #browser: Browser | undefined
  #asked = 0

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.#port = port
    this.ended = new Promise((resolve) => child.once('exit', resolve))
    child.on('message', (message) => {
      const { id, answer } = message as { id: number; answer: unknown }
      this.#answers.get(id)?.(answer)
    })
  }

  /** @param args of the app */
  static start(...args: readonly string[]): Promise<AppDriver> {
    return AppDriver.#run(MAIN, args, {})
  }

  /** On a data folder that holds something. */
  static startOver(data: string, ...args: readonly string[]): Promise<AppDriver> {
    return AppDriver.#run(MAIN, args, { ROADWARD_DATA: data })
  }

  /** Beside one that runs already, as Electron's lock has it. */
  static startSecond(): Promise<AppDriver> {
    return AppDriver.#run(MAIN, [], { STAND_IN_SECOND: '1' })
  }

  /** As a package: the archive unpacked, the rest in its folder `resources`. */
  static startPackage(
    archive: string,
    resources: string,
    ...args: readonly string[]
  ): Promise<AppDriver> {
    const main = path.join(archive, 'dist/electron/main.js')
    return AppDriver.#run(main, args, { STAND_IN_RESOURCES: resources })
  }

  static async #run(
    main: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<AppDriver> {
    const port = await freePort()
    const data = await mkdtemp(path.join(tmpdir(), 'roadward-data-'))
    // Its arguments are as `electron dist/electron/main.js ARGS` would give them.
    const child = fork(main, args, {
      execArgv: ['--import', REGISTER, '--enable-source-maps'],
      env: {
        ...process.env,
        STAND_IN_DEBUG_PORT: `${port}`,
        ROADWARD_DATA: data,
        // Electron is a browser: the app needs no other.
        ROADWARD_CHROMIUM: '/nowhere',
        ...env,
      },
    })
    return new AppDriver(child, port)
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** The command line of each process that it started. */
  children(): string[][] {
    const pids = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim()
    return pids
      .split(' ')
      .filter((pid) => pid !== '')
      .map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'))
  }

  ask(command: string, argument = ''): Promise<unknown> {
    const id = ++this.#asked
    const answer = new Promise((resolve) => this.#answers.set(id, resolve))
    this.#child.send({ id, command, argument })
    return answer
  }

  async state(): Promise<AppState> {
    return (await this.ask('state')) as AppState
  }

  /** The window's page, as a user sees it; a new one after a crash. */
  page(): Promise<Page> {
    const dead = this.ended.then((code) => {
      throw new Error(`the app ended (${code ?? 'killed'})`)
    })
    return Promise.race([this.#openPage(), dead])
  }

  async #openPage(): Promise<Page> {
    await this.#browser?.close().catch(() => undefined)
    const browser = await eventually(() =>
      chromium.connectOverCDP(`http://127.0.0.1:${this.#port}`),
    )
    this.#browser = browser
    return eventually(() => {
      const page = browser.contexts()[0]?.pages()[0]
      return page?.url().includes('index.html') === true
        ? Promise.resolve(page)
        : Promise.reject(new Error('no page yet'))
    })
  }

  /** Ends it, if it still runs. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.ended
  }
}

/** Tries again until it is true; the test's own limit ends it. */
export async function until(attempt: () => Promise<boolean>): Promise<void> {
  while (!(await attempt())) await pause()
}

/** Tries again until it succeeds; the test's own limit ends it. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch {
      await pause()
    }
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50))
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => {
        resolve(port)
      })
    })
  })
}
