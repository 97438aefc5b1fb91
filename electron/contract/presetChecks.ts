import type { z } from 'zod'
import { CLASSES } from '../core/labels.ts'
import { rank } from '../core/monitor/level.ts'
import type {
  DwellRule,
  DwellStep,
  FilterSettings,
  Hysteresis,
  Preset,
} from '../core/monitor/preset.ts'

/** What a schema of single fields cannot see: fields that contradict each other. */
type Report = (path: readonly (string | number)[], message: string, tip: string) => void

/** Used with `superRefine`; every issue has a path, a message and, in `params`, a tip. */
export function checkPreset(preset: Preset, context: z.RefinementCtx<Preset>): void {
  const report: Report = (path, message, tip) => {
    context.addIssue({ code: 'custom', path: [...path], message, params: { tip } })
  }
  checkFilter(preset.filter, report)
  checkIds(preset, report)
  checkRules(preset, report)
  checkRecovery(preset, report)
  const times = preset.uncertainty.notices.map((notice) => notice.afterMs)
  if (!rises(times)) {
    report(['uncertainty', 'notices'], 'must have rising afterMs', 'Put the earliest notice first.')
  }
}

function checkFilter(filter: FilterSettings, report: Report): void {
  const { view } = filter
  const above: readonly [string[], Hysteresis][] = [
    [['unsafe'], filter.unsafe],
    [['split'], filter.split],
    [['entropy'], filter.entropy],
    [['against'], filter.contradictionShare],
    [['view', 'overexposed'], view.overexposed],
  ]
  const below: readonly [string[], Hysteresis][] = [
    [['view', 'coveredStd'], view.coveredStd],
    [['view', 'darkMean'], view.darkMean],
    [['view', 'darkStd'], view.darkStd],
    [['view', 'frozenChange'], view.frozenChange],
  ]
  for (const [path, { on, off }] of above) {
    if (on <= off) report(['filter', ...path], 'must have on above off', 'Raise on or lower off.')
  }
  for (const [path, { on, off }] of below) {
    if (on >= off) report(['filter', ...path], 'must have on below off', 'Lower on or raise off.')
  }
  if (filter.maxStepMs >= filter.gapLimitMs) {
    report(['filter', 'maxStepMs'], 'must be under gapLimitMs', 'Lower maxStepMs.')
  }
  if (view.frozenAfterMs + filter.gapLimitMs > ANNOUNCE_WITHIN_MS) {
    const tip = 'A frozen camera must be announced within 10 s: lower frozenAfterMs.'
    report(['filter', 'view', 'frozenAfterMs'], 'and gapLimitMs together exceed 10000', tip)
  }
}

/** docs/alerts.md: a covered, dark, overexposed or frozen camera is announced within 10 s. */
export const ANNOUNCE_WITHIN_MS = 10_000

/** Names that the engine itself uses for rules and timers. */
const TAKEN: ReadonlySet<string> = new Set(['class-changed', 'repeat', ...CLASSES])

function checkIds({ rules }: Preset, report: Report): void {
  const seen = new Set(TAKEN)
  rules.forEach(({ id }, index) => {
    if (seen.has(id)) {
      report(['rules', index, 'id'], `"${id}" is taken`, 'Give the rule a name of its own.')
    }
    seen.add(id)
  })
}

function checkRules({ rules }: Preset, report: Report): void {
  rules.forEach((rule, index) => {
    if (rule.kind === 'dwell') checkDwell(rule, ['rules', index], report)
    if (rule.kind === 'cumulative' && rule.allowedMs >= rule.windowMs) {
      report(['rules', index, 'allowedMs'], 'must be under windowMs', 'Lower allowedMs.')
    }
  })
  if (rules.filter((rule) => rule.kind === 'cumulative').length > 1) {
    report(['rules'], 'may hold one cumulative rule', 'Remove the others.')
  }
}

function checkDwell(rule: DwellRule, path: readonly (string | number)[], report: Report): void {
  const { fromKmh = 0, belowKmh = Infinity, steps } = rule
  if (belowKmh <= fromKmh) {
    report([...path, 'belowKmh'], 'must be above fromKmh', 'Swap the two speeds.')
  }
  const ranks = steps.map((step: DwellStep) => rank(step.level))
  if (!rises(ranks) || !rises(steps.map((step) => step.afterMs))) {
    const tip = 'List the steps from caution to critical, each later than the one before.'
    report([...path, 'steps'], 'must rise in level and in afterMs', tip)
  }
}

function checkRecovery({ recovery, rules }: Preset, report: Report): void {
  if (recovery.kind === 'reset') return
  if (recovery.fastest <= recovery.slowest) {
    report(['recovery', 'fastest'], 'must be above slowest', 'Raise fastest or lower slowest.')
  }
  if (!rules.some((rule) => rule.kind === 'dwell' && rule.classes === 'unsafe')) {
    const tip = 'Add a dwell rule with "classes": "unsafe", or use "kind": "reset".'
    report(['recovery'], 'has no timer to run back', tip)
  }
}

function rises(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value > (values[i - 1] ?? value))
}
