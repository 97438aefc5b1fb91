import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../electron/core/ports.ts'
import type { DisplayState } from '../stores/displayState.ts'

/** Words for what the core names by identifiers. */
export interface Words {
  readonly title: string
  readonly hint: string
}

/** The state in one or two words, and a line under it. */
export function useStateWords(): (look: DisplayState) => Words {
  const { t } = useTranslation()
  const problem = useProblemWords()
  return (look) => {
    switch (look.kind) {
      case 'safe':
        return { title: t('state.safe'), hint: '' }
      case 'unsafe':
        return { title: t(`class.${look.class}`), hint: t(`act.${look.class}`) }
      case 'unsure':
        return { title: t('state.unsure'), hint: t('state.unsureHint') }
      case 'blind':
        return { title: t('state.blind'), hint: t([`blind.${look.reason}`, 'blind.other']) }
      case 'failed':
        return { title: t('state.failed'), hint: problem(look.problem) }
      case 'idle':
        return { title: t('state.idle'), hint: t('state.idleHint') }
      case 'starting':
        return { title: t('state.starting'), hint: t('state.startingHint') }
      case 'paused':
        return { title: t('state.paused'), hint: t('state.pausedHint') }
      case 'ended':
        return { title: t('state.ended'), hint: '' }
    }
  }
}

/**
 * A problem in the language of the screen. The engine's own English sentence, which also says
 * where, is kept for English.
 */
export function useProblemWords(): (problem: Problem) => string {
  const { t, i18n } = useTranslation()
  return ({ code, message, tip }) =>
    i18n.language === 'en'
      ? [message, tip].filter((part) => part !== undefined).join(' ')
      : t([`problem.${code}`, 'problem.other'], { code })
}
