import type { Millis } from '../../../electron/core/frame.ts'

/** `2.1`: seconds with a tenth; from a hundred on without. */
export function seconds(ms: Millis): string {
  const value = Math.max(0, ms) / 1000
  return value < 100 ? (Math.floor(value * 10) / 10).toFixed(1) : String(Math.floor(value))
}

/** `3`, `1.5`: a threshold without needless digits. */
export function threshold(ms: Millis): string {
  return String(Math.round(ms / 100) / 10)
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}

/** `1:02` or `1:02:03` of a drive. */
export function clock(ms: Millis): string {
  const total = Math.floor(Math.max(0, ms) / 1000)
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  const two = (n: number): string => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** The last part of a path or address, which is what people call it. */
export function sourceName(uri: string): string {
  return (
    uri
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? uri
  )
}

/** Lowest and highest of the folds for each class; undefined where one fold speaks for all. */
export function bandOf(
  folds: readonly (readonly number[])[],
  index: number,
): { readonly low: number; readonly high: number } | undefined {
  if (folds.length < 2) return undefined
  const values = folds.map((fold) => fold[index] ?? 0)
  return { low: Math.min(...values), high: Math.max(...values) }
}
