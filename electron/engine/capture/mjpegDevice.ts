import type { IncomingMessage } from 'node:http'
import { imdecode, type Mat } from '../native/opencv.ts'
import type { LiveDevice } from './liveDevice.ts'
import { MultipartReader } from './multipart.ts'
import { isCutJpeg } from '../../contract/jpeg.ts'

/** Pictures that wait while the engine's thread is busy; older ones are let go. */
const QUEUE = 64

/**
 * An MJPEG stream over HTTP, read by Node and decoded picture by picture. FFmpeg cannot do it: a
 * picture of another size than the first it copies into the corner of the old one, or drops
 * (tried with OpenCV 4.6), and its opening blocks the thread.
 */
export class MjpegDevice implements LiveDevice {
  readonly #response: IncomingMessage
  readonly #parts: MultipartReader
  #queue: Buffer[] = []
  #ended = false
  #wake: () => void = () => undefined
  #damaged = 0
  #first: Mat | undefined

  constructor(response: IncomingMessage, boundary: string) {
    this.#response = response
    this.#parts = new MultipartReader(boundary)
    response.on('data', (bytes: Buffer) => {
      this.#take(bytes)
    })
    for (const event of ['end', 'error', 'close']) {
      response.on(event, () => {
        this.#end()
      })
    }
  }

  get damaged(): number {
    return this.#damaged
  }

  /** A picture that was read already is given once more. @param first owned by the device from now on */
  beginningWith(first: Mat): this {
    this.#first = first
    return this
  }

  /** The next whole picture; broken ones are counted and passed over. */
  async read(): Promise<Mat | undefined> {
    const first = this.#first
    this.#first = undefined
    if (first !== undefined) return first
    for (;;) {
      const jpeg = this.#queue.shift()
      if (jpeg !== undefined) {
        const mat = await decoded(jpeg)
        if (mat !== undefined) return mat
        this.#damaged += 1
        continue
      }
      if (this.#ended) return undefined
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  release(): void {
    this.#response.destroy()
    this.#first?.release()
    this.#first = undefined
    this.#end()
  }

  #take(bytes: Buffer): void {
    try {
      this.#queue.push(...this.#parts.push(bytes))
      if (this.#queue.length > QUEUE) this.#queue = this.#queue.slice(-QUEUE)
    } catch {
      // No such stream any more: opened again, it may be one.
      this.release()
    }
    this.#wake()
  }

  #end(): void {
    this.#ended = true
    this.#wake()
  }
}

/** @returns undefined for what is no whole picture: a decoder fills what is cut with grey */
async function decoded(jpeg: Buffer): Promise<Mat | undefined> {
  if (isCutJpeg(jpeg)) return undefined
  try {
    const mat = await imdecode(jpeg)
    if (!mat.empty) return mat
    mat.release()
  } catch {
    // Means the same as nothing.
  }
  return undefined
}
