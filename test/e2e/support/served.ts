import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TINY_ENSEMBLE } from '../../support/cli.ts'
import { engineOf } from '../../support/engineOf.ts'

const LAUNCHER = fileURLToPath(new URL('../../../electron/setup/roadward.mjs', import.meta.url))

/** `roadward serve` as a user runs it, with a data folder of its own. */
export class Served {
  readonly #child: ChildProcess
  readonly link: Promise<string>
  readonly ended: Promise<number | null>

  constructor(...args: readonly string[]) {
    const common = ['serve', '--ensemble', TINY_ENSEMBLE, '--providers', 'cpu', '--fps', '10']
    this.#child = spawn(process.execPath, [LAUNCHER, ...common, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ROADWARD_DATA: mkdtempSync(join(tmpdir(), 'roadward-data-')) },
    })
    this.link = new Promise((resolve) => {
      let text = ''
      this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        const link = /Roadward: (\S+)/.exec(text)?.[1]
        if (link !== undefined) resolve(link)
      })
    })
    this.ended = new Promise((resolve) => this.#child.once('exit', resolve))
  }

  /** The engine among the plain processes of the server. */
  get enginePid(): number {
    return engineOf(this.#child.pid ?? 0)
  }

  interrupt(): void {
    this.#child.kill('SIGINT')
  }
}
