import { HARMONICS, type Pattern } from './patterns.ts'

/** Edges of a pulse; without them it clicks. */
const EDGE_S = 0.015

/** Plays patterns with Web Audio; browsers keep it silent until somebody has touched the page. */
export class Alarm {
  readonly #context = new AudioContext()
  readonly #wave: PeriodicWave
  readonly #out: GainNode
  #repeat: ReturnType<typeof setInterval> | undefined

  constructor() {
    const sines = Float32Array.from([0, ...HARMONICS])
    this.#wave = this.#context.createPeriodicWave(new Float32Array(sines.length), sines)
    this.#out = this.#context.createGain()
    this.#out.connect(this.#context.destination)
  }

  /** Whether the browser still waits for a touch or a key. */
  get blocked(): boolean {
    return this.#context.state !== 'running'
  }

  /** Calls back when `blocked` may have changed. @returns the end of it */
  onChange(listener: () => void): () => void {
    this.#context.addEventListener('statechange', listener)
    return () => {
      this.#context.removeEventListener('statechange', listener)
    }
  }

  /** To be called on a touch or a key. */
  async unblock(): Promise<void> {
    await this.#context.resume()
  }

  /** @param volume 0 to 1 */
  setVolume(volume: number): void {
    this.#out.gain.value = volume
  }

  /** Ends what sounded before and starts this one, again and again where it repeats. */
  play(pattern: Pattern): void {
    this.stop()
    this.#burst(pattern)
    if (pattern.everyMs === undefined) return
    this.#repeat = setInterval(() => {
      this.#burst(pattern)
    }, pattern.everyMs)
  }

  once(pattern: Pattern): void {
    this.#burst(pattern)
  }

  stop(): void {
    clearInterval(this.#repeat)
    this.#repeat = undefined
  }

  #burst({ pulses, gain }: Pattern): void {
    // A suspended context would keep all bursts and play them at once when it wakes.
    if (this.blocked) return
    const t0 = this.#context.currentTime + 0.02
    for (const { atMs, lengthMs, hz } of pulses) {
      const [from, to] = [t0 + atMs / 1000, t0 + (atMs + lengthMs) / 1000]
      const oscillator = new OscillatorNode(this.#context, {
        periodicWave: this.#wave,
        frequency: hz,
      })
      const envelope = new GainNode(this.#context, { gain: 0 })
      envelope.gain.setValueAtTime(0, from)
      envelope.gain.linearRampToValueAtTime(gain * 0.5, from + EDGE_S)
      envelope.gain.setValueAtTime(gain * 0.5, to - EDGE_S)
      envelope.gain.linearRampToValueAtTime(0, to)
      oscillator.connect(envelope).connect(this.#out)
      oscillator.start(from)
      oscillator.stop(to)
    }
  }
}
