/** Questions that are answered when the test says so. */
export function asker<K, V>() {
  const waiting: { key: K; answer: (value: V) => void; fail: (thrown: unknown) => void }[] = []
  return {
    waiting,
    ask: (key: K): Promise<V> =>
      new Promise((answer, fail) => {
        waiting.push({ key, answer, fail })
      }),
  }
}

/** Lets everything run that was promised. */
export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
