import type { PlaybackCommand, Snapshot } from '../../contract/commands.ts'
import type { EngineEventOf } from '../../contract/events.ts'
import type { Millis } from '../../core/frame.ts'
import type { FrameSource } from '../../core/ports.ts'
import { unreachable } from '../../core/unreachable.ts'
import { nowMs, waitFor } from './clock.ts'
import { Pace } from './pace.ts'

/** Another place of the recording. */
export interface Jump {
  readonly tMs: Millis
  /** So many frames before it. */
  readonly framesBefore: number
}

/**
 * How a recording is to be played: the frames ask here whether they may be judged. A stretch is
 * what is played without a jump; a jump ends it, and the engine opens the source anew.
 */
export class Playback {
  readonly #onChange: () => void
  readonly #pace = new Pace()
  #stretch = new AbortController()
  #playing: boolean
  /** Frames to show although it is paused. */
  #steps = 0
  #jump: Jump | undefined
  /** After a jump one frame is shown before the next: who drags a slider wants to see something. */
  #mustShow = false
  #atEnd = false
  #positionMs: Millis
  #originMs: Millis = 0
  #durationMs: Millis | undefined
  #periodMs: Millis = 0
  #wake: () => void = () => undefined

  /** @param onChange called after every change but those that a frame brings */
  constructor(resume: Snapshot | undefined, onChange: () => void) {
    const { playing, rate } = resume?.playback ?? { playing: true, rate: 1 }
    this.#onChange = onChange
    this.#playing = playing
    this.#positionMs = resume?.positionMs ?? 0
    this.#pace.setRate(rate, nowMs())
  }

  /** What a snapshot keeps of it. */
  get state(): { readonly playing: boolean; readonly rate: number } {
    return { playing: this.#playing, rate: this.#pace.rate }
  }

  event(): EngineEventOf<'playback'> {
    const durationMs = this.#durationMs
    return {
      type: 'playback',
      ...this.state,
      tMs: this.#atEnd ? (durationMs ?? this.#positionMs) : this.#positionMs,
      originMs: this.#originMs,
      durationMs,
      seekable: durationMs !== undefined,
      atEnd: this.#atEnd,
    }
  }

  command(command: PlaybackCommand): void {
    switch (command.type) {
      case 'play':
        if (this.#atEnd) this.#leaveFor({ tMs: 0, framesBefore: 0 })
        this.#playing = true
        this.#steps = 0
        this.#pace.restart()
        break
      case 'pause':
        this.#playing = false
        break
      case 'seek':
        this.#leaveFor({ tMs: this.#within(command.tMs), framesBefore: 0 })
        // It is told when it has happened.
        return
      case 'step':
        this.#playing = false
        if (command.frames === 1) this.#steps += this.#atEnd ? 0 : 1
        else this.#leaveFor(this.#oneBefore())
        break
      case 'rate':
        this.#pace.setRate(command.rate, nowMs())
        break
      default:
        unreachable(command)
    }
    this.#wake()
    this.#onChange()
  }

  /**
   * A stretch begins.
   * @returns aborts when somebody jumps
   */
  begin({ info, durationMs }: FrameSource): AbortSignal {
    this.#durationMs = durationMs
    this.#periodMs = 1000 / (info.framesPerSecond ?? 25)
    this.#stretch = new AbortController()
    this.#pace.restart()
    // Somebody jumped while the source was being opened.
    if (this.#jump !== undefined && !this.#mustShow) this.#stretch.abort()
    return this.#stretch.signal
  }

  /** A drive of the recording begins; its clock starts again. */
  drive(originMs: Millis): void {
    this.#originMs = originMs
    this.#pace.restart()
  }

  /** Nobody wants to sit through a time of which there are no pictures. */
  skipHole(): void {
    this.#pace.restart()
  }

  /**
   * Waits until the frame of time `tMs` may be judged: when it is due, or somebody asks for it.
   * @returns false when the stretch is over before
   */
  async admit(tMs: Millis, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      if (this.#steps > 0) {
        this.#steps -= 1
        return true
      }
      const waitMs = this.#playing ? this.#pace.waitMs(tMs, nowMs()) : Infinity
      if (waitMs <= 1) return true
      await this.#wait(waitMs, signal)
    }
    return false
  }

  /** The frame of time `tMs` was judged. @returns what is to be told with it */
  shown(tMs: Millis): readonly EngineEventOf<'playback'>[] {
    this.#positionMs = this.#originMs + tMs
    this.#mustShow = false
    if (this.#jump !== undefined) this.#stretch.abort()
    return this.#playing ? [] : [this.event()]
  }

  /** Whether the frame just shown stays on screen. */
  get still(): boolean {
    return !this.#playing && this.#steps === 0
  }

  /** @returns where to go on, when the stretch ended because of that */
  takeJump(): Jump | undefined {
    const jump = this.#jump
    this.#jump = undefined
    if (jump === undefined) return undefined
    this.#mustShow = true
    this.#steps = this.#playing ? 0 : 1
    // Who jumped before it was open could not know how long it is.
    return { ...jump, tMs: this.#within(jump.tMs) }
  }

  /** The place of a jump was found. */
  arrive(tMs: Millis): void {
    this.#positionMs = tMs
    this.#originMs = 0
  }

  /** Waits at the end of the recording. @returns where to go on; undefined when the signal aborts */
  async end(signal: AbortSignal): Promise<Jump | undefined> {
    this.#atEnd = true
    this.#playing = false
    this.#steps = 0
    this.#mustShow = false
    this.#onChange()
    while (this.#jump === undefined && !signal.aborted) await this.#wait(Infinity, signal)
    return this.takeJump()
  }

  #leaveFor(jump: Jump): void {
    this.#jump = jump
    this.#atEnd = false
    if (!this.#mustShow) this.#stretch.abort()
    this.#wake()
  }

  #oneBefore(): Jump {
    const { tMs, framesBefore } = this.#jump ?? { tMs: this.#positionMs, framesBefore: 0 }
    return { tMs, framesBefore: framesBefore + 1 }
  }

  /** Beyond the last frame there would be nothing to show. */
  #within(tMs: Millis): Millis {
    if (this.#durationMs === undefined) return tMs
    return Math.max(0, Math.min(tMs, this.#durationMs - this.#periodMs))
  }

  #wait(ms: Millis, signal: AbortSignal): Promise<void> {
    return waitFor(ms, signal, (wake) => {
      this.#wake = wake
    })
  }
}
