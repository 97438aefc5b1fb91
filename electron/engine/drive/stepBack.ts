import type { Millis } from '../../core/frame.ts'
import type { FrameSource } from '../../core/ports.ts'

/** Frames are looked for this far back, then four times as far, and so on. */
const FIRST_WINDOW_MS: Millis = 1000

/** Positions that differ less are one. */
const TOLERANCE_MS: Millis = 0.5

/**
 * Where the frame lies that is `count` frames before `positionMs`. A recording has no rate that
 * could be relied on (pictures are missing, videos vary), so the source is asked itself.
 *
 * @param open opens the recording at a position
 * @returns the first frame's position when there are not so many
 */
export async function frameBefore(
  open: (startAtMs: Millis) => Promise<FrameSource>,
  positionMs: Millis,
  count: number,
): Promise<Millis> {
  for (let windowMs = FIRST_WINDOW_MS; ; windowMs *= 4) {
    const fromMs = Math.max(0, positionMs - windowMs)
    const found = await positionsBefore(await open(fromMs), positionMs)
    if (found.length >= count) return found.at(-count) ?? 0
    if (fromMs === 0) return found[0] ?? 0
  }
}

async function positionsBefore(opened: FrameSource, positionMs: Millis): Promise<Millis[]> {
  await using source = opened
  const positions: Millis[] = []
  let originMs: Millis = 0
  for await (const item of source) {
    if (item.kind === 'drive') originMs = item.originMs ?? 0
    if (item.kind !== 'frame') continue
    const tMs = originMs + item.frame.tMs
    if (tMs >= positionMs - TOLERANCE_MS) break
    positions.push(tMs)
  }
  return positions
}
