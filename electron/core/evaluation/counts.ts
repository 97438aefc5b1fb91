/** Sums by whole-numbered cell; a cell that was never added to holds 0. */
export class Counts {
  readonly #cells = new Map<number, number>()

  add(cell: number, amount = 1): void {
    this.#cells.set(cell, this.get(cell) + amount)
  }

  get(cell: number): number {
    return this.#cells.get(cell) ?? 0
  }
}
