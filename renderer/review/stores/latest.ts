/** What became of the newest question. */
export type Answer<K, V> =
  | { readonly kind: 'answered'; readonly key: K; readonly value: V }
  | { readonly kind: 'failed'; readonly key: K; readonly thrown: unknown }

/**
 * Questions of which only the newest counts, at most one on its way: while a person scrubs, the
 * questions between are never asked.
 */
export class Latest<K, V> {
  readonly #ask: (key: K) => Promise<V>
  readonly #onAnswer: (answer: Answer<K, V>) => void
  #next: { readonly key: K } | undefined
  #busy = false
  #closed = false

  constructor(ask: (key: K) => Promise<V>, onAnswer: (answer: Answer<K, V>) => void) {
    this.#ask = ask
    this.#onAnswer = onAnswer
  }

  get busy(): boolean {
    return this.#busy
  }

  ask(key: K): void {
    this.#next = { key }
    if (!this.#busy) void this.#run()
  }

  /** Forgets the question that waits; one on its way is still answered. */
  forget(): void {
    this.#next = undefined
  }

  /** Nothing is answered any more. */
  close(): void {
    this.#closed = true
    this.#next = undefined
  }

  async #run(): Promise<void> {
    this.#busy = true
    while (this.#next !== undefined) {
      const { key } = this.#next
      this.#next = undefined
      const answer = await this.#answerTo(key)
      if (!this.#closed) this.#onAnswer(answer)
    }
    this.#busy = false
  }

  async #answerTo(key: K): Promise<Answer<K, V>> {
    try {
      return { kind: 'answered', key, value: await this.#ask(key) }
    } catch (thrown) {
      return { kind: 'failed', key, thrown }
    }
  }
}
