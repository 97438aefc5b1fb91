import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { imencodeJpeg, matFromPixels } from '../../electron/engine/native/opencv.ts'
import { levelOf } from './makeVideo.ts'

const PROCESS = fileURLToPath(new URL('mjpegServer.mjs', import.meta.url))

/** How many different pictures there are; then they come again. */
export const PICTURES = 15

/**
 * An MJPEG camera on loopback, in a process of its own, whose picture `n` is flat grey of
 * `levelOf(n)`, 160x120.
 */
export class MjpegServer implements AsyncDisposable {
  readonly #process: ChildProcess
  #port = 0

  private constructor() {
    this.#process = fork(PROCESS, { stdio: 'inherit', execArgv: [] })
  }

  static async start(framesPerSecond: number): Promise<MjpegServer> {
    const server = new MjpegServer()
    const jpegs = Array.from({ length: PICTURES }, (_, n) => flatJpeg(levelOf(n)))
    await server.#tell({ jpegs, periodMs: 1000 / framesPerSecond, listen: true })
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/stream.mjpg`
  }

  async play(): Promise<void> {
    await this.#tell({ state: { mode: 'play', status: 200 } })
  }

  /** Keeps the connections but sends no picture. */
  async stall(): Promise<void> {
    await this.#tell({ state: { mode: 'stall' } })
  }

  /** Takes connections and says nothing at all, not even that it heard. */
  async mute(): Promise<void> {
    await this.#tell({ state: { mode: 'mute' } })
  }

  /** Never answers anything but `GET`, as cheap cameras. */
  async onlyGet(): Promise<void> {
    await this.#tell({ state: { onlyGet: true } })
  }

  /** Sends a byte now and then, and never a picture. */
  async drip(): Promise<void> {
    await this.#tell({ state: { mode: 'drip' } })
  }

  /** Sends these JPEGs from now on, in turn. */
  async show(...jpegs: readonly Uint8Array[]): Promise<void> {
    await this.#tell({ show: jpegs.map((jpeg) => Buffer.from(jpeg).toString('base64')) })
  }

  /** Answers with that status, or with a file of that type instead of a stream. */
  async answer(answer: { readonly status: number } | { readonly type: string }): Promise<void> {
    await this.#tell({ state: answer })
  }

  /** Hangs up on everyone; new viewers are welcome. */
  async cut(): Promise<void> {
    await this.#tell({ cut: true })
  }

  /** Hangs up and stops listening, as a camera without power. */
  async stop(): Promise<void> {
    await this.#tell({ listen: false })
  }

  /** Listens again, on the same port. */
  async restart(): Promise<void> {
    await this.#tell({ listen: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await gone
  }

  async #tell(message: object): Promise<void> {
    const answered = once(this.#process, 'message')
    this.#process.send(message)
    const [answer] = (await answered) as [{ port: number }]
    this.#port = answer.port
  }
}

function flatJpeg(level: number): string {
  return Buffer.from(pictureOf(160, 120, level)).toString('base64')
}

/** A JPEG of one grey level. @param channels 1 for a camera at night */
export function pictureOf(width: number, height: number, level: number, channels = 3): Uint8Array {
  const pixels = new Uint8Array(width * height * channels).fill(level)
  using mat = matFromPixels(pixels, width, height, channels)
  return imencodeJpeg(mat, 90)
}
