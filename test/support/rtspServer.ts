import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('rtspServer.py', import.meta.url))

/** Debian's own Python: its GObject bindings are packages, not in any virtual environment. */
const PYTHON = '/usr/bin/python3'

/** Why there can be no RTSP server here; undefined when there can. */
export function rtspObstacle(): string | undefined {
  const check = spawnSync(PYTHON, [SCRIPT, 'check'], { encoding: 'utf8' })
  if (check.status === 0) return undefined
  return 'the packages of test/integration/debian-packages.txt are not installed'
}

/** GStreamer's RTSP server on loopback with its bouncing ball, 160x120 at 20 a second. */
export class RtspServer implements AsyncDisposable {
  readonly #codec: 'h264' | 'jpeg'
  #process: ChildProcess | undefined
  #port = '0'

  private constructor(codec: 'h264' | 'jpeg') {
    this.#codec = codec
  }

  static async start(codec: 'h264' | 'jpeg'): Promise<RtspServer> {
    const server = new RtspServer(codec)
    await server.restart()
    return server
  }

  get url(): string {
    return `rtsp://127.0.0.1:${this.#port}/cabin`
  }

  /** Starts it, on the same port as before. */
  async restart(): Promise<void> {
    const python = spawn(PYTHON, [SCRIPT, this.#codec, this.#port], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#process = python
    const [line] = (await once(python.stdout, 'data')) as [Buffer]
    this.#port = line.toString().trim()
  }

  /** Stops it in the middle of everything; connections stay open and silent. */
  freeze(): void {
    this.#process?.kill('SIGSTOP')
  }

  thaw(): void {
    this.#process?.kill('SIGCONT')
  }

  async kill(): Promise<void> {
    const python = this.#process
    this.#process = undefined
    if (python === undefined) return
    const gone = once(python, 'exit')
    python.kill('SIGKILL')
    await gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
  }
}
