import type { Millis } from '../frame.ts'
import type { ClassId } from '../labels.ts'
import { lower, rank } from './level.ts'
import type { Level } from './level.ts'
import type { DwellRule, DwellStep, Preset, Rule } from './preset.ts'
import { cumulativeMs, reached, trackMs } from './timers.ts'
import type { Timers } from './timers.ts'
import { unreachable } from '../unreachable.ts'

/** What the rules look at. */
export interface Situation {
  readonly timers: Timers
  /** Likeliest unsafe class. */
  readonly top: ClassId
  /** Unknown speed is the fast case. */
  readonly speedKmh: number | undefined
  readonly uncertain: boolean
  readonly alert: { readonly level: Level; readonly unansweredMs: Millis } | undefined
}

/** A level that a rule has reached. */
export interface Finding {
  readonly level: Level
  readonly rule: string
  readonly elapsedMs: Millis
  readonly thresholdMs: Millis
  readonly cabOnly: boolean
}

/** The highest level that any rule has reached; of equals the one that the preset lists first. */
export function findLevel(preset: Preset, situation: Situation): Finding | undefined {
  const findings = preset.rules
    .flatMap((rule) => findingsOf(rule, situation))
    .filter(({ elapsedMs, thresholdMs }) => reached(elapsedMs, thresholdMs))
  const higher = (best: Finding | undefined, next: Finding): Finding | undefined =>
    rank(next.level) > rank(best?.level) ? next : best
  return findings.reduce(higher, undefined)
}

/** Where alerts stop at this speed: a level, `off`, or undefined for no limit. */
export function capOf(preset: Preset, speedKmh: number | undefined): Level | 'off' | undefined {
  const { slow } = preset
  if (slow === undefined || speedKmh === undefined) return undefined
  return speedKmh < slow.belowKmh ? slow.cap : undefined
}

/** The finding, held down to the cap. */
export function capped(finding: Finding | undefined, cap: Level | undefined): Finding | undefined {
  if (finding === undefined || cap === undefined) return finding
  return { ...finding, level: lower(finding.level, cap) }
}

/** The thresholds ahead or behind, of every rule that holds. */
export function findingsOf(rule: Rule, situation: Situation): readonly Finding[] {
  const { timers, alert } = situation
  switch (rule.kind) {
    case 'dwell': {
      if (!holds(rule, situation)) return []
      const elapsedMs = rule.classes === 'unsafe' ? timers.unsafeMs : trackMs(timers, rule.id)
      return rule.steps.map((step) => finding(rule.id, step, elapsedMs))
    }
    case 'cumulative': {
      const step = { level: rule.level, afterMs: rule.allowedMs }
      return [finding(rule.id, step, cumulativeMs(timers, rule))]
    }
    case 'unresponsive':
      return alert?.level === rule.after ? [finding(rule.id, rule, alert.unansweredMs)] : []
    default:
      return unreachable(rule)
  }
}

/** The first dwell threshold for the class on top: its caution time. Infinity where there is none. */
export function firstStepMs(preset: Preset, situation: Situation): Millis {
  return Math.min(...stepTimes(preset, situation))
}

/** The last dwell threshold: awareness is used up. 0 where there is none. */
export function lastStepMs(preset: Preset, situation: Situation): Millis {
  return Math.max(0, ...stepTimes(preset, situation))
}

function stepTimes(preset: Preset, situation: Situation): readonly Millis[] {
  return preset.rules
    .filter((rule) => rule.kind === 'dwell')
    .filter((rule) => holds(rule, situation))
    .flatMap((rule) => rule.steps.map((step) => step.afterMs))
}

function finding(rule: string, step: DwellStep, elapsedMs: Millis): Finding {
  const { level, afterMs, cabOnly = false } = step
  return { level, rule, elapsedMs, thresholdMs: afterMs, cabOnly }
}

function holds(rule: DwellRule, { top, speedKmh = Infinity, uncertain }: Situation): boolean {
  const { classes, fromKmh = 0, belowKmh = Infinity } = rule
  const concerns = classes === 'unsafe' || classes.includes(top)
  const atSpeed = speedKmh >= fromKmh && (speedKmh < belowKmh || belowKmh === Infinity)
  return concerns && atSpeed && (rule.uncertain === undefined || rule.uncertain === uncertain)
}
