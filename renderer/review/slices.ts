import type { z } from 'zod'

/** Work goes on for this long before the screen has its turn: a frame at 60 Hz has 16 ms. */
const SLICE_MS = 8

/**
 * Parses a long list without holding the screen up.
 * @throws ZodError of the first item that is wrong
 */
export async function parseSliced<T>(
  items: readonly unknown[],
  schema: z.ZodType<T>,
): Promise<T[]> {
  const parsed: T[] = []
  let untilMs = performance.now() + SLICE_MS
  for (const item of items) {
    parsed.push(schema.parse(item))
    if (performance.now() < untilMs) continue
    await breath()
    untilMs = performance.now() + SLICE_MS
  }
  return parsed
}

/** A turn of the event loop. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
