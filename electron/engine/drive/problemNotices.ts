import type { Millis } from '../../core/frame.ts'
import type { Problem } from '../../core/ports.ts'

/** Ours: what has not happened for so long is news again. */
const FORGET_AFTER_MS: Millis = 10_000

/**
 * Problems of single frames, told once for as long as they go on: a model that fails on every frame
 * must not make a notice of every frame.
 */
export class ProblemNotices {
  readonly #lastMs = new Map<string, Millis>()

  /** @returns those of this frame that are news */
  of(problems: readonly Problem[], tMs: Millis): readonly Problem[] {
    return problems.filter(({ code, message }) => {
      const key = `${code} ${message}`
      const lastMs = this.#lastMs.get(key)
      this.#lastMs.set(key, tMs)
      return lastMs === undefined || tMs - lastMs >= FORGET_AFTER_MS
    })
  }
}
