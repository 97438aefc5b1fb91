import process from 'node:process'

/** Exit code of a process that Ctrl-C ended, as shells have it: 128 + SIGINT. */
const INTERRUPTED = 130

/**
 * Ctrl-C and SIGTERM while it exists (`using`): the first aborts the signal, so that work can be left
 * off in order; a second Ctrl-C ends at once.
 */
export class Interruption implements Disposable {
  readonly #controller = new AbortController()

  constructor() {
    process.once('SIGINT', this.#interrupt)
    process.once('SIGTERM', this.#interrupt)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  [Symbol.dispose](): void {
    process.removeListener('SIGINT', this.#interrupt)
    process.removeListener('SIGTERM', this.#interrupt)
  }

  readonly #interrupt = (): void => {
    process.once('SIGINT', () => process.exit(INTERRUPTED))
    this.#controller.abort()
  }
}
