/**
 * A failure that a person can act on. Shells print `message` and `tip`, never a stack,
 * unless they were asked to be verbose.
 */
export class RoadwardError extends Error {
  override readonly name = 'RoadwardError'
  /** Stable identifier such as `model-hash-mismatch`. */
  readonly code: string
  /** What to do about it, as one sentence. */
  readonly tip: string | undefined

  constructor(code: string, message: string, tip?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.tip = tip
  }
}
