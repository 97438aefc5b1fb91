import process from 'node:process'

/** Exit code of a process that Ctrl-C ended, as shells have it: 128 + SIGINT. */
const INTERRUPTED = 130

/** What asks a process to end; `SIGHUP` is the terminal that closes. */
type Request = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/**
 * Ctrl-C and SIGTERM while it exists (`using`): the first aborts the signal, so that work can be left
 * off in order; a second Ctrl-C ends at once.
 */
export class Interruption implements Disposable {
  readonly #controller = new AbortController()
  readonly #requests: readonly Request[]

  constructor(requests: readonly Request[] = ['SIGINT', 'SIGTERM']) {
    this.#requests = requests
    for (const request of requests) process.once(request, this.#interrupt)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  [Symbol.dispose](): void {
    for (const request of this.#requests) process.removeListener(request, this.#interrupt)
  }

  readonly #interrupt = (): void => {
    process.once('SIGINT', () => process.exit(INTERRUPTED))
    this.#controller.abort()
  }
}
