import { RoadwardError } from '../../core/errors.ts'

/** Who waits for more than this has pressed a button too often; ours: half a minute of PDFs. */
const MOST_WAITING = 4

/**
 * Exports one after the other: each may hold a drive's pictures in memory, and a PDF a browser of
 * seven processes, on a machine that has to watch a driver meanwhile.
 */
export class ExportQueue implements AsyncDisposable {
  readonly #end = new AbortController()
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  /**
   * @param job is to leave off, and to tidy up, when the signal says so
   * @throws RoadwardError `exports-busy` where too many wait already, `exports-ended`, or what the
   * job throws
   */
  run<T>(job: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#waiting > MOST_WAITING) return Promise.reject(busy())
    this.#waiting += 1
    const { signal } = this.#end
    const result = this.#last.then(() => {
      if (signal.aborted) throw ended()
      return job(signal)
    })
    this.#last = result.then(
      () => (this.#waiting -= 1),
      () => (this.#waiting -= 1),
    )
    return result
  }

  /** The one under way leaves off, and what it wrote is gone; the others do not begin. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort()
    await this.#last
  }
}

function busy(): RoadwardError {
  return new RoadwardError(
    'exports-busy',
    'Other reports are being made; this one would have to wait too long.',
    'Try again when they are done.',
  )
}

function ended(): RoadwardError {
  return new RoadwardError('exports-ended', 'Roadward is ending; no report is made any more.')
}
