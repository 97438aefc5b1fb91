import type { Millis } from '../frame.ts'
import { topUnsafe } from './belief.ts'
import type { MonitorState } from './monitorState.ts'
import { isUncertain } from './uncertainty.ts'
import type { ClassId } from '../labels.ts'
import { lower, rank } from './level.ts'
import type { Level } from './level.ts'
import type { DwellRule, DwellStep, Preset, Rule } from './preset.ts'
import { reached } from './reached.ts'
import { cumulativeMs, classTimerMs } from './timers.ts'
import type { Timers } from './timers.ts'
import { unreachable } from '../unreachable.ts'

/** What the rules look at. */
export interface RuleInput {
  readonly timers: Timers
  /** Likeliest unsafe class. */
  readonly top: ClassId
  /** Unknown speed is the fast case. */
  readonly speedKmh: number | undefined
  readonly uncertain: boolean
  readonly alert: { readonly level: Level; readonly unansweredMs: Millis } | undefined
}

/** What the rules see of a state. */
export function ruleInputOf(preset: Preset, state: MonitorState): RuleInput {
  const { timers, belief, speedKmh, uncertainty, alert } = state
  const top = belief === undefined ? 'c1' : topUnsafe(belief)
  return { timers, top, speedKmh, uncertain: isUncertain(uncertainty, preset.uncertainty), alert }
}

/** How far a rule is on the way to one of its thresholds. */
export interface ThresholdProgress {
  readonly level: Level
  readonly rule: string
  readonly elapsedMs: Millis
  readonly thresholdMs: Millis
  readonly cabOnly: boolean
}

/** The highest level that any rule has reached; of equals the one that the preset lists first. */
export function findLevel(preset: Preset, input: RuleInput): ThresholdProgress | undefined {
  const crossed = preset.rules
    .flatMap((rule) => progressOf(rule, input))
    .filter(({ elapsedMs, thresholdMs }) => reached(elapsedMs, thresholdMs))
  const higher = (
    best: ThresholdProgress | undefined,
    next: ThresholdProgress,
  ): ThresholdProgress | undefined => (rank(next.level) > rank(best?.level) ? next : best)
  return crossed.reduce(higher, undefined)
}

/** Where alerts stop at this speed: a level, `off`, or undefined for no limit. */
export function capOf(preset: Preset, speedKmh: number | undefined): Level | 'off' | undefined {
  const { slow } = preset
  if (slow === undefined || speedKmh === undefined) return undefined
  return speedKmh < slow.belowKmh ? slow.cap : undefined
}

/** The finding, held down to the cap. */
export function capped(
  progress: ThresholdProgress | undefined,
  cap: Level | undefined,
): ThresholdProgress | undefined {
  if (progress === undefined || cap === undefined) return progress
  return { ...progress, level: lower(progress.level, cap) }
}

/** The thresholds ahead or behind, of every rule that holds. */
export function progressOf(rule: Rule, input: RuleInput): readonly ThresholdProgress[] {
  const { timers, alert } = input
  switch (rule.kind) {
    case 'dwell': {
      if (!applies(rule, input)) return []
      const elapsedMs = rule.classes === 'unsafe' ? timers.unsafeMs : classTimerMs(timers, rule.id)
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
export function firstStepMs(preset: Preset, input: RuleInput): Millis {
  return Math.min(...stepTimes(preset, input))
}

/** The last dwell threshold: awareness is used up. 0 where there is none. */
export function lastStepMs(preset: Preset, input: RuleInput): Millis {
  return Math.max(0, ...stepTimes(preset, input))
}

function stepTimes(preset: Preset, input: RuleInput): readonly Millis[] {
  return preset.rules
    .filter((rule) => rule.kind === 'dwell')
    .filter((rule) => applies(rule, input))
    .flatMap((rule) => rule.steps.map((step) => step.afterMs))
}

function finding(rule: string, step: DwellStep, elapsedMs: Millis): ThresholdProgress {
  const { level, afterMs, cabOnly = false } = step
  return { level, rule, elapsedMs, thresholdMs: afterMs, cabOnly }
}

function applies(rule: DwellRule, { top, speedKmh = Infinity, uncertain }: RuleInput): boolean {
  const { classes, fromKmh = 0, belowKmh = Infinity } = rule
  const concerns = classes === 'unsafe' || classes.includes(top)
  const atSpeed = speedKmh >= fromKmh && (speedKmh < belowKmh || belowKmh === Infinity)
  return concerns && atSpeed && (rule.uncertain === undefined || rule.uncertain === uncertain)
}
