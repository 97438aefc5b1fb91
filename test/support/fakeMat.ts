import type { NativeMat } from '../../electron/engine/native/binding.ts'
import { Mat } from '../../electron/engine/native/opencv.ts'

/** A flat grey picture without OpenCV that knows how many of its kind were never released. */
export class FakeMat implements NativeMat {
  static #alive = new Set<FakeMat>()
  readonly rows: number
  readonly cols: number
  readonly channels: number
  readonly empty = 0
  readonly #level: number

  constructor(level: number, cols = 8, rows = 6, channels = 3) {
    this.#level = level
    this.cols = cols
    this.rows = rows
    this.channels = channels
    FakeMat.#alive.add(this)
  }

  /** Fakes that still hold memory. */
  static get alive(): number {
    return FakeMat.#alive.size
  }

  getData(): Uint8Array {
    if (!FakeMat.#alive.has(this)) throw new Error('read after release')
    return new Uint8Array(this.rows * this.cols * this.channels).fill(this.#level)
  }

  resize(rows: number, cols: number): FakeMat {
    return new FakeMat(this.#level, cols, rows, this.channels)
  }

  cvtColor(): FakeMat {
    return new FakeMat(this.#level, this.cols, this.rows, 1)
  }

  getRegion(): FakeMat {
    return this.copy()
  }

  copy(): FakeMat {
    return new FakeMat(this.#level, this.cols, this.rows, this.channels)
  }

  sobel(): FakeMat {
    return this.copy()
  }

  convertScaleAbs(): FakeMat {
    return this.copy()
  }

  addWeighted(): FakeMat {
    return this.copy()
  }

  flip(): FakeMat {
    return this.copy()
  }

  rotate(): FakeMat {
    return this.copy()
  }

  release(): void {
    FakeMat.#alive.delete(this)
  }
}

export function fakePicture(level: number): Mat {
  return new Mat(new FakeMat(level))
}
