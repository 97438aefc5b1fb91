/**
 * Nearest rank: always one of the values, so that small samples invent nothing.
 *
 * @param share 0.5 for the median
 * @returns undefined for no values
 */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}
