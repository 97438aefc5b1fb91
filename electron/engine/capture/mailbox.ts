/**
 * Between a live source and its reader: room for one picture, the latest, and for any number of
 * messages, which keep their place among the pictures.
 */
export class Mailbox<P extends Disposable, M> {
  #letters: Letter<P, M>[] = []
  #wake: (() => void)[] = []
  #closed = false
  #failure: Error | undefined
  #dropped = 0

  /** Pictures that were replaced before anyone took them. */
  get dropped(): number {
    return this.#dropped
  }

  /** Takes ownership of `picture`; an older one that still lies here is freed. */
  post(picture: P): void {
    if (this.#closed) {
      picture[Symbol.dispose]()
      return
    }
    const old = this.#letters.find((letter) => letter.kind === 'picture')
    if (old !== undefined) {
      this.#letters = this.#letters.filter((letter) => letter !== old)
      old.picture[Symbol.dispose]()
      this.#dropped++
    }
    this.#letters.push({ kind: 'picture', picture })
    this.#ring()
  }

  notify(message: M): void {
    if (this.#closed) return
    this.#letters.push({ kind: 'message', message })
    this.#ring()
  }

  /** Nothing will come any more: whoever has taken the rest hears why. */
  fail(failure: Error): void {
    this.#failure ??= failure
    this.#ring()
  }

  /**
   * The next letter, owned by the taker; undefined once the mailbox is closed.
   * @throws what it failed with
   */
  async take(): Promise<Letter<P, M> | undefined> {
    for (;;) {
      if (this.#closed) return undefined
      const letter = this.#letters.shift()
      if (letter !== undefined) return letter
      if (this.#failure !== undefined) throw this.#failure
      await this.arrival()
    }
  }

  /** Resolves at the next post or message, or when the mailbox closes. */
  arrival(): Promise<void> {
    if (this.#closed || this.#failure !== undefined) return Promise.resolve()
    return new Promise((resolve) => this.#wake.push(resolve))
  }

  /** Frees what was not taken and lets the reader go. */
  close(): void {
    this.#closed = true
    for (const letter of this.#letters) {
      if (letter.kind === 'picture') letter.picture[Symbol.dispose]()
    }
    this.#letters = []
    this.#ring()
  }

  #ring(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const resolve of waiting) resolve()
  }
}

export type Letter<P, M> =
  | { readonly kind: 'picture'; readonly picture: P }
  | { readonly kind: 'message'; readonly message: M }
