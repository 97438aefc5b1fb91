import { SNAPSHOT_FORMAT, type Snapshot } from '../../contract/commands.ts'
import type { Frame, Millis } from '../../core/frame.ts'
import type { SourceInfo } from '../../core/ports.ts'
import { monotonicMs } from './clock.ts'

/**
 * Where the drive stands, through the deaths of engines. A live source opened again counts its
 * frames and its clock from zero; the policy must see one clock, with the time that nobody was
 * watching in it. A recorded one is opened again where it was.
 */
export class Timeline {
  readonly #live: boolean
  readonly #resume: Snapshot | undefined
  #seqOffset = 0
  #tOffset: Millis | undefined
  #originMs: Millis = 0
  #begun = false
  #lastSeq = -1
  #lastTMs: Millis = 0
  #monotonicMs: Millis

  constructor(info: SourceInfo, resume: Snapshot | undefined) {
    this.#live = info.live
    this.#resume = resume
    this.#lastSeq = resume?.lastSeq ?? -1
    this.#lastTMs = resume?.lastTMs ?? 0
    this.#monotonicMs = resume?.monotonicMs ?? monotonicMs()
    if (resume?.positionMs !== undefined) this.#originMs = resume.positionMs - resume.lastTMs
  }

  /** The frame on the drive's clock; undefined when the last engine already judged it. */
  place(frame: Frame): Frame | undefined {
    this.#begun = true
    if (this.#live) return this.#shifted(frame)
    if (this.#lastSeq < 0) return frame
    // By its time: that is what the recording was opened at.
    if (frame.tMs <= this.#lastTMs) return undefined
    // Where a container can only be counted from the start, the number is an estimate.
    return { ...frame, seq: Math.max(frame.seq, this.#lastSeq + 1) }
  }

  /** When the last frame of this drive was; undefined before the first one. */
  get lastFrameMs(): Millis | undefined {
    return this.#lastSeq < 0 ? undefined : this.#lastTMs
  }

  /** The frame was judged: a snapshot from now on has it in it. */
  judged({ seq, tMs }: Frame): void {
    this.#lastSeq = seq
    this.#lastTMs = tMs
    this.#monotonicMs = monotonicMs()
  }

  /** Whether a drive that is announced now is the one that the last engine was in. */
  get catchingUp(): boolean {
    return !this.#live && !this.#begun && this.#lastSeq >= 0
  }

  /** The drive's clock now, for ticks while no frame comes. */
  nowMs(): Millis {
    return this.#lastTMs + (monotonicMs() - this.#monotonicMs)
  }

  /** Where in the recording the drive's clock began. */
  get originMs(): Millis {
    return this.#originMs
  }

  /** A new drive of the same source: its clock starts again. */
  restart(originMs: Millis): void {
    this.#originMs = originMs
    this.#lastSeq = -1
    this.#lastTMs = 0
    this.#monotonicMs = monotonicMs()
  }

  snapshot(monitor: unknown): Snapshot {
    return {
      format: SNAPSHOT_FORMAT,
      monitor,
      positionMs: this.#live ? undefined : this.#originMs + this.#lastTMs,
      lastSeq: this.#lastSeq,
      lastTMs: this.#lastTMs,
      monotonicMs: this.#monotonicMs,
    }
  }

  #shifted(frame: Frame): Frame {
    if (this.#tOffset === undefined) {
      this.#tOffset = this.#resume === undefined ? 0 : this.nowMs() - frame.tMs
      this.#seqOffset = this.#resume === undefined ? 0 : this.#resume.lastSeq + 1 - frame.seq
    }
    return { ...frame, seq: frame.seq + this.#seqOffset, tMs: frame.tMs + this.#tOffset }
  }
}
