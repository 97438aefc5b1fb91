/** Tests that wait for something to have happened, without a clock. */
export class Waiting {
  readonly #looks = new Set<() => void>()

  /** To be called whenever something has happened. */
  look(): void {
    this.#looks.forEach((look) => {
      look()
    })
  }

  /** Resolves as soon as the condition holds; it is asked now and at each `look`. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return
        this.#looks.delete(look)
        resolve()
      }
      this.#looks.add(look)
      look()
    })
  }
}
