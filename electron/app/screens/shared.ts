/**
 * However many ask at once, it is done once and all get the same answer; who asks afterwards gets a
 * new one.
 */
export function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}
