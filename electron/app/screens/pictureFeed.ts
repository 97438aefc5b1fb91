import { packPicture, type PictureEvent } from '../../contract/web.ts'

/** The pictures of one client: it gets the newest one each time it has drawn the last. */
export class PictureFeed {
  readonly #send: (bytes: Uint8Array) => void
  #wanted = 0
  #drawing = false
  #next: PictureEvent | undefined

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send
  }

  /** Pictures a second this client asked for. */
  get wanted(): number {
    return this.#wanted
  }

  setRate(perSecond: number): void {
    this.#wanted = perSecond
    this.#drawing = false
    this.#next = undefined
  }

  offer(picture: PictureEvent): void {
    if (this.#wanted === 0) return
    if (this.#drawing) {
      this.#next = picture
      return
    }
    this.#drawing = true
    this.#send(packPicture(picture))
  }

  taken(): void {
    this.#drawing = false
    const next = this.#next
    this.#next = undefined
    if (next !== undefined) this.offer(next)
  }
}
