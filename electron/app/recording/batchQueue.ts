import type { Millis } from '../../core/frame.ts'
import type { Batch, DriveHeader } from '../../contract/archive.ts'
import type { LoggedBatch } from '../../archive/driveLog/driveLog.ts'

/** What a recorder needs of an archive; tests pass their own. */
export interface ArchivePort {
  begin(header: DriveHeader): Promise<{ readonly drive: number }>
  append(batch: Batch): Promise<unknown>
  finish(drive: number, status: 'complete' | 'interrupted'): Promise<unknown>
}

/** While the archive takes nothing, so many batches (a second each) are held for it. */
const HELD = 60

/** Notices of batches that were let go. */
const PROBLEMS_HELD = 200

/** After a failure it is asked again this often. */
const RETRY_MS: Millis = 3000

export interface QueueParts {
  readonly archive: ArchivePort
  readonly header: () => Promise<DriveHeader>
  /** The drive goes on where an earlier process left it. */
  readonly resumed?: { readonly drive: number; readonly number: number } | undefined
  /** This much is safe. */
  readonly onWritten?: (batch: LoggedBatch) => void
  /** It could not be written; told once, until it could. */
  readonly onFailure: (error: unknown) => void
  /** It can be written again; `lost` batches were not. */
  readonly onRecovery: (lost: number) => void
}

/**
 * Batches on their way to the archive, one at a time and in order. Nobody waits for it: while
 * the archive is slow, dead or full, batches are held, and the oldest let go.
 */
export class BatchQueue {
  readonly #parts: QueueParts
  #held: LoggedBatch[] = []
  #drive: number | undefined
  #number: number
  #lost = 0
  #failing = false
  #work: Promise<void> | undefined
  #retry: NodeJS.Timeout | undefined
  #ended: 'complete' | 'interrupted' | undefined

  constructor(parts: QueueParts) {
    this.#parts = parts
    this.#drive = parts.resumed?.drive
    this.#number = parts.resumed?.number ?? 0
  }

  /** Undefined until the archive has taken the drive. */
  get drive(): number | undefined {
    return this.#drive
  }

  push(batch: LoggedBatch): void {
    this.#held.push(batch)
    if (this.#held.length > HELD) this.#letGo()
    if (!this.#failing) this.#run()
  }

  /** Resolves when everything is written, or after one more attempt while the archive fails. */
  async end(status: 'complete' | 'interrupted'): Promise<void> {
    this.#ended = status
    clearTimeout(this.#retry)
    this.#run()
    await this.#work
  }

  #run(): void {
    this.#work ??= this.#drain().finally(() => {
      this.#work = undefined
    })
  }

  async #drain(): Promise<void> {
    const { archive, header } = this.#parts
    try {
      // Looked at anew after every wait: more may have come.
      for (;;) {
        this.#drive ??= (await archive.begin(await header())).drive
        const [batch] = this.#held
        if (batch === undefined) break
        await archive.append({ ...batch, drive: this.#drive, number: this.#number })
        // While it was under way the batch may have been let go; written it is all the same.
        if (this.#held[0] === batch) this.#held.shift()
        this.#number += 1
        this.#parts.onWritten?.(batch)
        this.#recovered()
      }
      if (this.#ended !== undefined) await archive.finish(this.#drive, this.#ended)
    } catch (thrown) {
      this.#failed(thrown)
    }
  }

  /** The oldest predictions go; what they came to (spans, events, notices) stays. */
  #letGo(): void {
    const [oldest, next, ...rest] = this.#held
    if (oldest === undefined || next === undefined) return
    this.#held = [withoutChunks(oldest, next), ...rest]
    this.#lost += 1
  }

  #recovered(): void {
    if (!this.#failing) return
    this.#failing = false
    this.#parts.onRecovery(this.#lost)
    this.#lost = 0
  }

  #failed(thrown: unknown): void {
    if (!this.#failing) this.#parts.onFailure(thrown)
    this.#failing = true
    // Also after its end: a drive that nobody finishes would be recorded for ever.
    this.#retry = setTimeout(() => {
      this.#run()
    }, RETRY_MS)
    this.#retry.unref()
  }
}

function withoutChunks(oldest: LoggedBatch, next: LoggedBatch): LoggedBatch {
  return {
    ...next,
    spans: newest([...oldest.spans, ...next.spans]),
    events: newest([...oldest.events, ...next.events]),
    problems: [...oldest.problems, ...next.problems].slice(-PROBLEMS_HELD),
  }
}

function newest<T extends { readonly ordinal: number }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.ordinal, item])).values()]
}
