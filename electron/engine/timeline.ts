import type { Snapshot } from '../contract/commands.ts'
import type { Frame, Millis } from '../core/frame.ts'
import type { SourceInfo } from '../core/ports.ts'
import { monotonicMs } from './clock.ts'

/**
 * Where the drive stands, through the deaths of engines. A live source opened again counts its
 * frames and its clock from zero; the policy must see one clock, with the time that nobody was
 * watching in it.
 */
export class Timeline {
  readonly #kind: SourceInfo['kind']
  readonly #live: boolean
  readonly #seeks: boolean
  readonly #resume: Snapshot | undefined
  #seqOffset = 0
  #tOffset: Millis | undefined
  #frames = 0
  #lastSeq = -1
  #lastTMs: Millis = 0
  #monotonicMs: Millis

  constructor(info: SourceInfo, resume: Snapshot | undefined) {
    this.#kind = info.kind
    this.#live = info.live
    this.#seeks = seeksOnResume(info.kind)
    this.#resume = resume
    this.#lastSeq = resume?.lastSeq ?? -1
    this.#lastTMs = resume?.lastTMs ?? 0
    this.#monotonicMs = resume?.monotonicMs ?? monotonicMs()
  }

  /** The frame on the drive's clock; undefined when the last engine already judged it. */
  place(frame: Frame): Frame | undefined {
    if (this.#live) return this.#note(this.#shifted(frame))
    if (this.#seeks) return frame.seq <= this.#lastSeq ? undefined : this.#note(frame)
    this.#frames += 1
    return this.#frames <= this.#judged ? undefined : this.#note(frame)
  }

  /** Whether the items that come now were already seen by the last engine. */
  get catchingUp(): boolean {
    return !this.#live && !this.#seeks && this.#frames < this.#judged
  }

  /** The drive's clock now, for ticks while no frame comes. */
  nowMs(): Millis {
    return this.#lastTMs + (monotonicMs() - this.#monotonicMs)
  }

  /** A new drive of the same source: its clock starts again. */
  restart(): void {
    this.#lastTMs = 0
    this.#monotonicMs = monotonicMs()
  }

  snapshot(monitor: unknown): Snapshot {
    return {
      monitor,
      kind: this.#kind,
      frames: this.#frames,
      lastSeq: this.#lastSeq,
      lastTMs: this.#lastTMs,
      monotonicMs: this.#monotonicMs,
    }
  }

  get #judged(): number {
    return this.#resume?.frames ?? 0
  }

  #shifted(frame: Frame): Frame {
    this.#frames += 1
    if (this.#tOffset === undefined) {
      this.#tOffset = this.#resume === undefined ? 0 : this.nowMs() - frame.tMs
      this.#seqOffset = this.#resume === undefined ? 0 : this.#resume.lastSeq + 1 - frame.seq
    }
    return { ...frame, seq: frame.seq + this.#seqOffset, tMs: frame.tMs + this.#tOffset }
  }

  #note(frame: Frame): Frame {
    this.#lastSeq = frame.seq
    this.#lastTMs = frame.tMs
    this.#monotonicMs = monotonicMs()
    return frame
  }
}

/** Videos are resumed by seeking, which is exact; pictures by reading on, which is quick. */
export function seeksOnResume(kind: SourceInfo['kind']): boolean {
  return kind === 'video'
}
