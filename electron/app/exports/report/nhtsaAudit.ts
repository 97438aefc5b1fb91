import type { StateSpan } from '../../../contract/drives.ts'
import type { Millis } from '../../../core/frame.ts'

/**
 * Review only, timing from NHTSA's visual-manual guidelines, 78 FR 24817 (2013), VI.E: the mean
 * glance away from the road at most 2.0 s, at most 15 % of glances over 2.0 s, at most 12.0 s in
 * all for a task.
 */
const NHTSA = {
  meanMs: 2000,
  longMs: 2000,
  longShare: 0.15,
  totalMs: 12_000,
  /** Ours: the guidelines test one task at a time; after so long without a glance it is a new one. */
  taskGapMs: 10_000,
} as const

type Fault = 'mean' | 'long-share' | 'total'

/**
 * One task: glances close together. The guidelines measure eyes, over many participants, for a
 * device under test; Roadward sees activities of one driver, smoothed. A glance is therefore a
 * stretch of the state `unsafe`, whatever its classes: shorter than the filter's lag is not seen.
 */
export interface AuditEpisode {
  readonly fromMs: Millis
  readonly toMs: Millis
  readonly glances: number
  readonly meanMs: Millis
  /** Share of glances over 2.0 s, 0 to 1. */
  readonly longShare: number
  readonly totalMs: Millis
  /** None: nothing to flag. */
  readonly faults: readonly Fault[]
}

interface Stretch {
  readonly fromMs: Millis
  readonly toMs: Millis
}

/** @param spans of one drive, without holes, in order of time */
export function auditEpisodes(spans: readonly StateSpan[]): AuditEpisode[] {
  return tasksOf(spans).map((glances) => {
    const lasted = glances.map(({ fromMs, toMs }) => toMs - fromMs)
    const totalMs = lasted.reduce((sum, ms) => sum + ms, 0)
    const meanMs = totalMs / lasted.length
    const longShare = lasted.filter((ms) => ms > NHTSA.longMs).length / lasted.length
    const faults: Fault[] = []
    if (meanMs > NHTSA.meanMs) faults.push('mean')
    if (longShare > NHTSA.longShare) faults.push('long-share')
    if (totalMs > NHTSA.totalMs) faults.push('total')
    return {
      fromMs: glances[0]?.fromMs ?? 0,
      toMs: glances.at(-1)?.toMs ?? 0,
      glances: glances.length,
      meanMs,
      longShare,
      totalMs,
      faults,
    }
  })
}

/** Glances, task by task. Blindness ends a task: what happened meanwhile is not known. */
function tasksOf(spans: readonly StateSpan[]): Stretch[][] {
  const tasks: Stretch[][] = []
  let open: Stretch[] = []
  const close = (): void => {
    if (open.length > 0) tasks.push(open)
    open = []
  }
  for (const { state, fromMs, toMs } of spans) {
    if (state === 'blind') close()
    if (state !== 'unsafe') continue
    const last = open.at(-1)
    if (last?.toMs === fromMs) {
      open[open.length - 1] = { fromMs: last.fromMs, toMs }
      continue
    }
    if (last !== undefined && fromMs - last.toMs > NHTSA.taskGapMs) close()
    open.push({ fromMs, toMs })
  }
  close()
  return tasks
}
