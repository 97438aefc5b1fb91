import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DriveEvent } from '../../../electron/contract/drives.ts'
import type { Preset } from '../../../electron/core/monitor/preset.ts'
import { Budget } from '../../shared/components/Budget.tsx'
import { percent } from '../../shared/format/numbers.ts'
import { Evidence } from './Evidence.tsx'
import { useRuleWords, useWhyWords } from './reviewWords.ts'

type Step = DriveEvent['steps'][number]

export interface WhyProps {
  readonly step: Step
  readonly preset: Preset
  readonly folds: readonly string[]
}

/** The rule in words, its timers against their limits, and what the networks said. */
export function Why({ step, preset, folds }: WhyProps): ReactElement {
  const { t } = useTranslation()
  const why = useWhyWords()
  return (
    <>
      <p className="why-words">{why(preset, step)}</p>
      <Timers step={step} preset={preset} />
      <Evidence step={step} folds={folds} />
      <p className="quiet">
        {t('review.why.unsafeNow', {
          percent: percent(step.explanation.unsafe),
          on: percent(preset.filter.unsafe.on),
        })}
      </p>
    </>
  )
}

function Timers({ step, preset }: Pick<WhyProps, 'step' | 'preset'>): ReactElement {
  const { t } = useTranslation()
  const words = useRuleWords()
  const { timers, threshold, rule } = step.explanation
  const cumulative = preset.rules.find((each) => each.kind === 'cumulative')
  const unsafe = preset.rules.find((each) => each.kind === 'dwell' && each.classes === 'unsafe')
  const last = unsafe?.kind === 'dwell' ? unsafe.steps.at(-1)?.afterMs : undefined
  return (
    <div className="budgets" role="group" aria-label={t('review.why.timers')}>
      <Budget
        label={words(preset, rule)}
        usedMs={timers.ruleMs}
        allowedMs={threshold.value}
        severity={step.level}
      />
      {last !== undefined && rule !== unsafe?.id && (
        <Budget
          label={t('review.rule.unsafe')}
          usedMs={timers.unsafeMs}
          allowedMs={last}
          severity="quiet"
        />
      )}
      {cumulative?.kind === 'cumulative' && rule !== cumulative.id && (
        <Budget
          label={words(preset, cumulative.id)}
          usedMs={timers.cumulativeMs ?? 0}
          allowedMs={cumulative.allowedMs}
          severity="quiet"
        />
      )}
    </div>
  )
}
