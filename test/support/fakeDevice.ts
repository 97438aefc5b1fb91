import type { LiveDevice } from '../../electron/engine/capture/liveDevice.ts'
import type { Mat } from '../../electron/engine/native/opencv.ts'
import { fakePicture } from './fakeMat.ts'

/** A camera that gives pictures when the test says so, and minds being read twice at once. */
export class FakeDevice implements LiveDevice {
  #ready: (Mat | undefined)[] = []
  #waiting: ((mat: Mat | undefined) => void) | undefined
  released = false
  damaged = 0
  reads = 0

  /** A picture of that grey level arrives. */
  show(...levels: number[]): void {
    for (const level of levels) this.#deliver(fakePicture(level))
  }

  /** The cable is pulled. */
  end(): void {
    this.#deliver(undefined)
  }

  read(): Promise<Mat | undefined> {
    if (this.#waiting !== undefined) throw new Error('two reads at once')
    this.reads++
    if (this.#ready.length > 0) return Promise.resolve(this.#ready.shift())
    return new Promise((resolve) => {
      this.#waiting = resolve
    })
  }

  /** Like the native one it leaves a read that hangs alone. */
  release(): void {
    this.released = true
  }

  #deliver(mat: Mat | undefined): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting === undefined) this.#ready.push(mat)
    else waiting(mat)
  }
}
