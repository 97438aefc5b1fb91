import { shownAddress } from '../../contract/address.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Millis } from '../../core/frame.ts'
import type { FrameSource, Problem, SourceInfo, SourceItem } from '../../core/ports.ts'
import type { SourceErrorCode } from '../../contract/sourceErrors.ts'
import { retryDelayMs } from './backOff.ts'
import { restored, stillAway } from './liveProblems.ts'
import { openSource, type SourceOptions } from './openSource.ts'
import { systemTiming, type Timing } from './timing.ts'

type Open = (uri: string, options: SourceOptions) => Promise<FrameSource>

/** What a camera or a stream that is not there yet, or not yet ready, is refused with. */
const MAY_COME: ReadonlySet<string> = new Set<SourceErrorCode>([
  'camera-missing',
  'camera-permission',
  'camera-unusable',
  'source-timeout',
  'stream-refused',
  'stream-unauthorised',
  'stream-unreachable',
  'stream-unusable',
])

/**
 * `openSource`, but a camera or stream that cannot be opened yet is tried for ever: it comes later
 * after a power cut, and is away for a moment when an engine that died is replaced.
 * @throws RoadwardError for what will not come by waiting, as `openSource`
 */
export async function openPatiently(
  uri: string,
  options: SourceOptions = {},
  open: Open = openSource,
): Promise<FrameSource> {
  try {
    return await open(uri, options)
  } catch (thrown) {
    if (!(thrown instanceof RoadwardError) || !MAY_COME.has(thrown.code)) throw thrown
    return new PatientSource(uri, options, open, thrown)
  }
}

/** A live source that is not there yet: says why, and becomes the real one as soon as it opens. */
class PatientSource implements FrameSource {
  readonly info: SourceInfo
  readonly #uri: string
  readonly #options: SourceOptions
  readonly #open: Open
  readonly #timing: Timing
  readonly #startedMs: Millis
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  #reason: RoadwardError
  #source: FrameSource | undefined

  constructor(uri: string, options: SourceOptions, open: Open, reason: RoadwardError) {
    this.#uri = uri
    this.#options = options
    this.#open = open
    this.#reason = reason
    this.#timing = options.timing ?? systemTiming
    this.#startedMs = this.#timing.now()
    this.#signal = AbortSignal.any([
      this.#stop.signal,
      ...(options.signal === undefined ? [] : [options.signal]),
    ])
    this.info = {
      uri: shownAddress(uri),
      kind: uri.includes('://') ? 'stream' : 'camera',
      live: true,
      width: undefined,
      height: undefined,
      framesPerSecond: undefined,
      frames: undefined,
    }
  }

  get dropped(): number {
    return this.#source?.dropped ?? 0
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceItem, void> {
    yield { kind: 'gap', sinceMs: 0, problem: away(this.#reason) }
    for (let attempt = 0; ; attempt++) {
      await this.#timing.sleep(retryDelayMs(attempt), this.#signal)
      if (this.#signal.aborted) return
      const problem = await this.#tryAgain()
      if (this.#source !== undefined) break
      if (problem !== undefined) yield { kind: 'problem', problem }
    }
    const waitedMs = this.#timing.now() - this.#startedMs
    yield { kind: 'problem', problem: restored(this.#source.info, waitedMs) }
    // Its clock began just now, that of the drive when it was first asked for.
    for await (const item of this.#source) yield later(item, waitedMs)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await this.#source?.[Symbol.asyncDispose]()
  }

  /** @returns why it is still not there, where that has changed */
  async #tryAgain(): Promise<Problem | undefined> {
    try {
      const source = await this.#open(this.#uri, { ...this.#options, signal: this.#signal })
      if (this.#signal.aborted) await source[Symbol.asyncDispose]()
      else this.#source = source
      return undefined
    } catch (thrown) {
      if (this.#signal.aborted) return undefined
      if (!(thrown instanceof RoadwardError) || !MAY_COME.has(thrown.code)) throw thrown
      const before = this.#reason
      this.#reason = thrown
      return before.message === thrown.message ? undefined : away(thrown)
    }
  }
}

function away({ message, tip }: RoadwardError): Problem {
  return { ...stillAway(message), tip }
}

function later(item: SourceItem, byMs: Millis): SourceItem {
  switch (item.kind) {
    case 'frame':
      return { ...item, frame: { ...item.frame, tMs: item.frame.tMs + byMs } }
    case 'gap':
      return { ...item, sinceMs: item.sinceMs + byMs }
    case 'problem':
    case 'drive':
      return item
  }
}
