import type { Millis } from '../../core/frame.ts'
import type { SourceItem } from '../../core/ports.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Mat } from '../native/opencv.ts'
import { retryDelayMs, STEADY_MS } from './backOff.ts'
import { NATIVE_READ_MS } from './liveDevice.ts'
import type { LiveDevice, LiveParts, LivePicture } from './liveDevice.ts'
import { damagedPictures, hung, lost, restored, stillAway } from './liveProblems.ts'
import type { Mailbox } from './mailbox.ts'
import type { Timing } from './timing.ts'

/** Without a picture for so long the driver is unwatched: twice the gap of a 1 Hz camera. */
const STALL_MS: Millis = 2000

/**
 * Devices end their reads by a time limit of their own (`NATIVE_READ_MS`). One that does not come
 * back within 10 s never will: only a new process helps.
 */
const HUNG_MS: Millis = 10_000

/** A cable that is pulled or a peer that hangs up ends a read at once, silence does not. */
const PROMPT_MS: Millis = 500

/** FFmpeg counts its time limit from the last byte, which is earlier than our read. */
const CLOCK_MARGIN_MS: Millis = 200

/** Ours: often enough to find a bad cable, seldom enough to leave the screen to the driver. */
const DAMAGE_EVERY_MS: Millis = 60_000

/** A read that hangs cannot be waited for when closing; its picture frees itself later. */
const CLOSE_MS: Millis = 500

/** Reads a live device as fast as it delivers, sees its losses, and opens it again. */
export class LivePump {
  readonly #parts: LiveParts
  readonly #mailbox: Mailbox<LivePicture, SourceItem>
  readonly #timing: Timing
  readonly #stop = new AbortController()
  readonly #openedMs: Millis
  readonly #done: Promise<void>
  #device: LiveDevice | undefined
  #seq = 0
  #lastPictureMs: Millis = 0
  #gapSinceMs: Millis | undefined
  /** Damaged pictures of this device that were told of. */
  #damaged = 0
  #restart = false
  #tellDamageAtMs: Millis = 0

  constructor(parts: LiveParts, mailbox: Mailbox<LivePicture, SourceItem>, timing: Timing) {
    this.#parts = parts
    this.#mailbox = mailbox
    this.#timing = timing
    this.#openedMs = timing.now()
    this.#done = this.#run(parts.device)
  }

  get closed(): boolean {
    return this.#stop.signal.aborted
  }

  /** Opens the device again: what it gives is no live picture any more. */
  restart(): void {
    this.#restart = true
  }

  /** Releases the device, also while a read hangs. */
  async close(): Promise<void> {
    this.#stop.abort()
    this.#device?.release()
    const patience = new AbortController()
    await Promise.race([this.#done, this.#timing.sleep(CLOSE_MS, patience.signal)])
    patience.abort()
  }

  async #run(first: LiveDevice): Promise<void> {
    let device: LiveDevice | undefined = first
    let attempt = 0
    while (device !== undefined) {
      this.#device = device
      const startMs = this.#nowMs()
      this.#damaged = 0
      try {
        await this.#readUntilLost(device)
      } finally {
        device.release()
      }
      if (this.#nowMs() - startMs >= STEADY_MS) attempt = 0
      device = await this.#reopen(attempt++)
    }
  }

  async #readUntilLost(device: LiveDevice): Promise<void> {
    while (!this.closed) {
      const startMs = this.#nowMs()
      // One read at a time, ever: two at once abort the process.
      const mat = await this.#watch(device.read().catch(() => undefined))
      // A read that ran into the time limit may still give a picture: an old one that the H.264
      // decoder held back. It is the end all the same.
      const tookMs = this.#nowMs() - startMs
      const tooLate = tookMs >= NATIVE_READ_MS - CLOCK_MARGIN_MS
      this.#tellDamage(device.damaged)
      if (this.#restart) {
        this.#restart = false
        mat?.release()
        this.#announceGap('the picture stands still')
        return
      }
      if (mat !== undefined && !tooLate) {
        this.#post(mat)
        continue
      }
      mat?.release()
      this.#announceGap(tookMs < PROMPT_MS ? 'the connection ended' : noPicture(tookMs))
      return
    }
  }

  /** Waits for one read, however long it takes, and tells meanwhile that it takes too long. */
  async #watch(reading: Promise<Mat | undefined>): Promise<Mat | undefined> {
    const watch = new AbortController()
    const late = Symbol('late')
    const after = (ms: Millis): Promise<typeof late> =>
      this.#timing.sleep(ms, watch.signal).then(() => late)
    try {
      const prompt = await Promise.race([reading, after(STALL_MS)])
      if (prompt !== late) return prompt
      this.#announceGap(noPicture(STALL_MS))
      const tardy = await Promise.race([reading, after(HUNG_MS - STALL_MS)])
      if (tardy !== late) return tardy
      this.#mailbox.fail(hung(this.#parts.info, HUNG_MS))
      return await reading
    } finally {
      watch.abort()
    }
  }

  /** The capture time is when the read returned: up to one inference late on this one thread. */
  #post(mat: Mat): void {
    const tMs = this.#nowMs()
    if (this.#gapSinceMs !== undefined) {
      const problem = restored(this.#parts.info, tMs - this.#gapSinceMs)
      this.#mailbox.notify({ kind: 'problem', problem })
      this.#gapSinceMs = undefined
    }
    this.#lastPictureMs = tMs
    this.#mailbox.post({
      mat,
      seq: this.#seq++,
      tMs,
      [Symbol.dispose]: () => {
        mat.release()
      },
    })
  }

  /** Told once in a while: a bad cable damages many. */
  #tellDamage(damaged: number): void {
    const nowMs = this.#nowMs()
    if (damaged <= this.#damaged || nowMs < this.#tellDamageAtMs) return
    const problem = damagedPictures(this.#parts.info, damaged - this.#damaged)
    this.#mailbox.notify({ kind: 'problem', problem })
    this.#damaged = damaged
    this.#tellDamageAtMs = nowMs + DAMAGE_EVERY_MS
  }

  #announceGap(reason: string): void {
    if (this.closed || this.#gapSinceMs !== undefined) return
    const sinceMs = this.#lastPictureMs
    this.#gapSinceMs = sinceMs
    this.#mailbox.notify({ kind: 'gap', sinceMs, problem: lost(this.#parts.info, reason) })
  }

  async #reopen(firstAttempt: number): Promise<LiveDevice | undefined> {
    let told: string | undefined
    for (let attempt = firstAttempt; ; attempt++) {
      await this.#timing.sleep(retryDelayMs(attempt), this.#stop.signal)
      if (this.closed) return undefined
      try {
        return await this.#parts.reopen()
      } catch (thrown) {
        // Say why once, and again only when the reason changes.
        const message = thrown instanceof RoadwardError ? thrown.message : String(thrown)
        if (message !== told) this.#mailbox.notify({ kind: 'problem', problem: stillAway(message) })
        told = message
      }
    }
  }

  #nowMs(): Millis {
    return this.#timing.now() - this.#openedMs
  }
}

function noPicture(forMs: Millis): string {
  return `no picture for ${(forMs / 1000).toFixed(1)} s`
}
