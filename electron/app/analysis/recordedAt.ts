import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Problem } from '../../core/ports.ts'
import { readCreationTime } from '../../engine/capture/mp4Head.ts'

/** When a recording was made, and who says so. */
export interface RecordedAt {
  /** Milliseconds since 1970. */
  readonly atMs: number
  readonly from: 'the file itself' | 'its name' | 'the time of the file'
}

/** As cameras name their files: `2026-03-14`, `20260314`, with or without `07-12-30` behind it. */
const DATED_NAME =
  /(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[-_.T ]?([01]\d|2[0-3])[-_.:h]?([0-5]\d)[-_.:m]?([0-5]\d))?(?!\d)/

/** What a video file says of itself comes first, then its name, then when it was last written. */
export async function recordedAt(path: string): Promise<RecordedAt> {
  const own = await readCreationTime(path).catch(() => undefined)
  if (own !== undefined) return { atMs: own, from: 'the file itself' }
  const named = dateInName(basename(path))
  if (named !== undefined) return { atMs: named, from: 'its name' }
  return { atMs: (await stat(path)).mtimeMs, from: 'the time of the file' }
}

/** Cameras name their files by the clock on the wall. */
function dateInName(name: string): number | undefined {
  const found = DATED_NAME.exec(name)
  if (found === null) return undefined
  const part = (n: number): number => Number(found[n] ?? 0)
  return new Date(part(1), part(2) - 1, part(3), part(4), part(5), part(6)).getTime()
}

/** The archive dates a drive by its analysis, so that it is kept as long as any other. */
export function datedNotice({ atMs, from }: RecordedAt): Problem {
  return {
    severity: 'info',
    code: 'recording-dated',
    message: `Recorded on ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC, by ${from}; the list shows the day of the analysis.`,
    tip: undefined,
  }
}
