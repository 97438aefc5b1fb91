import { useTranslation } from 'react-i18next'
import { PHONE_CLASSES } from '../../../electron/core/labels.ts'
import type { DriveEvent, DriveSummary } from '../../../electron/contract/drives.ts'
import type { Preset } from '../../../electron/core/monitor/preset.ts'
import { seconds, threshold } from '../../shared/format/numbers.ts'
import type { Side } from '../stores/whatIf.ts'

const STYLE = { dateStyle: 'medium', timeStyle: 'short' } as const

/** Made once: it takes longer than a row of the list. */
const DATES = {
  en: new Intl.DateTimeFormat('en-GB', STYLE),
  zh: new Intl.DateTimeFormat('zh-CN', STYLE),
} as const

/** A date and time as this computer's people write them, in the language of the screen. */
export function useDates(): (at: number) => string {
  const { i18n } = useTranslation()
  const format = i18n.language === 'zh' ? DATES.zh : DATES.en
  return (at) => format.format(at)
}

export function usePresetWords(): (id: string, title?: string) => string {
  const { t } = useTranslation()
  return (id, title) => t(`preset.${id}`, { defaultValue: title ?? id })
}

export function useEnsembleWords(): (drive: DriveSummary) => string {
  const { t } = useTranslation()
  return ({ ensemble: { id, version } }) =>
    `${t(`ensemble.${id}`, { defaultValue: id })} ${version}`
}

/** What one side of a comparison is called. */
export function useSideWords(): (side: Side) => string {
  const { t } = useTranslation()
  const preset = usePresetWords()
  const ensemble = useEnsembleWords()
  return (side) => {
    switch (side.kind) {
      case 'recorded':
        return t('review.whatIf.recorded')
      case 'preset': {
        const name = preset(side.preset.id, side.preset.title)
        return side.edited ? t('review.whatIf.edited', { name }) : name
      }
      case 'drive':
        return ensemble(side.drive)
    }
  }
}

/** What a rule of a preset is about. */
export function useRuleWords(): (preset: Preset, id: string) => string {
  const { t } = useTranslation()
  return (preset, id) => {
    const rule = preset.rules.find((each) => each.id === id)
    switch (rule?.kind) {
      case 'dwell':
        if (rule.classes === 'unsafe') return t('review.rule.unsafe')
        return rule.classes.length > 1 && rule.classes.every((name) => PHONE_CLASSES.has(name))
          ? t('review.rule.phone')
          : t('review.rule.listed', {
              classes: rule.classes.map((name) => t(`class.${name}`)).join(t('review.rule.and')),
            })
      case 'cumulative':
        return t('review.rule.cumulative', { seconds: threshold(rule.windowMs) })
      case 'unresponsive':
        return t('review.rule.unresponsive', { level: t(`level.${rule.after}`) })
      case undefined:
        return t([`review.rule.${id}`, 'review.rule.other'], { id })
    }
  }
}

/** Why a step of an alert was told, in a sentence or two that need no manual. */
export function useWhyWords(): (preset: Preset, step: DriveEvent['steps'][number]) => string {
  const { t } = useTranslation()
  const presetWords = usePresetWords()
  return (preset, { class: id, level, rule: ruleId, explanation }) => {
    const rule = preset.rules.find((each) => each.id === ruleId)
    const words = {
      class: t(`class.${id}`),
      level: t(`level.${level}`),
      preset: presetWords(preset.id, preset.title),
      time: seconds(explanation.timers.ruleMs),
      threshold: threshold(explanation.threshold.value),
    }
    if (rule === undefined) {
      return t([`review.why.${ruleId}`, 'review.why.other'], { ...words, rule: ruleId })
    }
    switch (rule.kind) {
      case 'dwell':
        return t(rule.classes === 'unsafe' ? 'review.why.unsafe' : 'review.why.listed', words)
      case 'cumulative':
        return t('review.why.cumulative', { ...words, window: threshold(rule.windowMs) })
      case 'unresponsive':
        return t('review.why.unresponsive', { ...words, after: t(`level.${rule.after}`) })
    }
  }
}
