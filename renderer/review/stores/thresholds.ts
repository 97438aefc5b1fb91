import { presetSchema } from '../../../electron/contract/preset.ts'
import type { Millis } from '../../../electron/core/frame.ts'
import type { Level } from '../../../electron/core/monitor/level.ts'
import type { Preset, Rule } from '../../../electron/core/monitor/preset.ts'

/** One number of a preset that a person may turn. */
export type Knob =
  | {
      readonly kind: 'time'
      readonly rule: number
      /** Index among the steps of a dwell rule; undefined: the rule has one time. */
      readonly step: number | undefined
      readonly level: Level
      readonly ruleId: string
      readonly valueMs: Millis
    }
  | { readonly kind: 'filter'; readonly side: 'on' | 'off'; readonly value: number }

/** The thresholds of a preset in its own order, then those of the filter. */
export function knobsOf(preset: Preset): readonly Knob[] {
  const times = preset.rules.flatMap((rule, index) => timesOf(rule, index))
  const { on, off } = preset.filter.unsafe
  return [
    ...times,
    { kind: 'filter', side: 'on', value: on },
    { kind: 'filter', side: 'off', value: off },
  ]
}

/** @param value milliseconds of a time, a share for the filter */
export function turned(preset: Preset, knob: Knob, value: number): Preset {
  if (knob.kind === 'filter') {
    const unsafe = { ...preset.filter.unsafe, [knob.side]: value }
    return { ...preset, filter: { ...preset.filter, unsafe } }
  }
  const rules = preset.rules.map((rule, index) =>
    index === knob.rule ? withTime(rule, knob.step, value) : rule,
  )
  return { ...preset, rules }
}

/** What keeps a preset from being used, in English, as the schema says it. */
export function faultOf(preset: Preset): string | undefined {
  const parsed = presetSchema.safeParse(preset)
  if (parsed.success) return undefined
  const [issue] = parsed.error.issues
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim()
}

function timesOf(rule: Rule, index: number): readonly Knob[] {
  const common = { kind: 'time' as const, rule: index, ruleId: rule.id }
  switch (rule.kind) {
    case 'dwell':
      return rule.steps.map(({ level, afterMs }, step) => ({
        ...common,
        step,
        level,
        valueMs: afterMs,
      }))
    case 'cumulative':
      return [{ ...common, step: undefined, level: rule.level, valueMs: rule.allowedMs }]
    case 'unresponsive':
      return [{ ...common, step: undefined, level: rule.level, valueMs: rule.afterMs }]
  }
}

function withTime(rule: Rule, step: number | undefined, ms: Millis): Rule {
  switch (rule.kind) {
    case 'dwell': {
      const steps = rule.steps.map((each, at) => (at === step ? { ...each, afterMs: ms } : each))
      return { ...rule, steps }
    }
    case 'cumulative':
      return { ...rule, allowedMs: ms }
    case 'unresponsive':
      return { ...rule, afterMs: ms }
  }
}
