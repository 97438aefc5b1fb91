/** What the folds said, by class: a column each, or of many only the least and the greatest. */
export type FoldColumns =
  | { readonly kind: 'each'; readonly folds: readonly (readonly number[])[] }
  | {
      readonly kind: 'range'
      readonly lowest: readonly number[]
      readonly highest: readonly number[]
    }

/** More columns than that do not fit beside the picture on the smallest screen. */
const MOST_COLUMNS = 4

export function foldColumns(folds: readonly (readonly number[])[]): FoldColumns {
  if (folds.length <= MOST_COLUMNS) return { kind: 'each', folds }
  const over = (pick: (...shares: number[]) => number): number[] =>
    (folds[0] ?? []).map((_, at) => pick(...folds.map((fold) => fold[at] ?? 0)))
  return { kind: 'range', lowest: over(Math.min), highest: over(Math.max) }
}
