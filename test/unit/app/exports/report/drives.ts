import type { Drive, DriveEvent, StateSpan } from '../../../../../electron/contract/drives.ts'
import { ROADWARD } from '../../../../../electron/core/monitor/presets/roadward.ts'

/** A drive as the archive tells it, of what a test cares about. */
export function driveOf(what: {
  readonly id?: number
  readonly startedAt?: number
  readonly name?: string
  readonly labels?: Drive['summary']['labels']
  readonly spans?: readonly StateSpan[]
  readonly events?: readonly DriveEvent[]
}): Drive {
  const { id = 1, startedAt = Date.UTC(2026, 10, 24, 12), name = 'drive.mp4', labels = {} } = what
  const spans = [...(what.spans ?? [])]
  return {
    summary: {
      id,
      startedAt,
      origin: 'recording',
      status: 'complete',
      source: { uri: `/home/ann/${name}`, kind: 'video', name },
      labels,
      ensemble: { id: 'demo', version: '1.0.0' },
      preset: 'roadward',
      durationMs: spans.at(-1)?.toMs ?? 0,
      frames: 10,
      alerts: { caution: 0, warning: 0, critical: 0 },
      unreviewed: 0,
      pictures: 'recording',
    },
    preset: ROADWARD,
    folds: ['fold-1'],
    provider: 'cpu',
    programVersion: '0.1.0',
    foldHashes: ['a'.repeat(64)],
    sourceHash: 'b'.repeat(64),
    spans,
    events: [...(what.events ?? [])],
    problems: [],
  }
}

export type SpanPart = readonly [state: StateSpan['state'], lastsMs: number, word?: string]

/** Spans end to end: `['safe', 2000]`, `['unsafe', 1000, 'c1']`, `['blind', 500, 'dark']`. */
export function spansOf(...parts: readonly SpanPart[]): StateSpan[] {
  let fromMs = 0
  return parts.map(([state, lastsMs, word]) => {
    const span = { fromMs, toMs: fromMs + lastsMs, state }
    fromMs = span.toMs
    if (state === 'blind') return { ...span, reason: word }
    return state === 'unsafe' ? { ...span, class: word as StateSpan['class'] } : span
  })
}

export function eventOf(what: Partial<DriveEvent> = {}): DriveEvent {
  const event = {
    id: 1,
    drive: 1,
    sinceMs: 1000,
    tMs: 2500,
    clearedMs: 8000,
    level: 'warning' as const,
    class: 'c1' as const,
    rule: 'phone-dwell',
    acknowledged: false,
    review: { state: 'needs-review' as const, note: '' },
    ...what,
  }
  const { tMs, level, rule } = event
  const probabilities = [0.1, 0.9, 0, 0, 0, 0, 0, 0, 0, 0]
  const explanation = {
    preset: 'roadward',
    rule,
    threshold: { value: 1500, unit: 'ms' as const },
    timers: { ruleMs: 1533, unsafeMs: 1533, classMs: 1533 },
    probabilities,
    smoothed: probabilities,
    unsafe: 0.9,
  }
  const step = { tMs, level, class: event.class, rule, explanation, folds: [probabilities] }
  return { ...event, steps: what.steps ?? [step] }
}
