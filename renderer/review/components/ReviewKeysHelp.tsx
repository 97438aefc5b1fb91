import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { REVIEW_KEYS, type ReviewKey } from './reviewKeys.ts'

const SYMBOLS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  'Shift+ArrowLeft': '⇧ ←',
  'Shift+ArrowRight': '⇧ →',
  'Shift+ArrowUp': '⇧ ↑',
  'Shift+ArrowDown': '⇧ ↓',
  Escape: 'Esc',
}

/** The keys of an open drive; the five decisions are one line. */
export function ReviewKeysHelp(): ReactElement {
  const { t } = useTranslation()
  const actions = [...new Set(Object.values(REVIEW_KEYS))].filter((action) => !/^\d$/.test(action))
  return (
    <>
      <h3 className="keys-title">{t('review.help.title')}</h3>
      <dl className="keys">
        <div>
          <dt>
            <kbd>1</kbd> – <kbd>5</kbd>
          </dt>
          <dd>{t('review.help.decide')}</dd>
        </div>
        {actions.map((action) => (
          <div key={action}>
            <dt>
              {keysOf(action).map((key) => (
                <kbd key={key}>{key === ' ' ? t('help.spaceKey') : label(key)}</kbd>
              ))}
            </dt>
            <dd>{t(`review.help.${action}`)}</dd>
          </div>
        ))}
      </dl>
      <h3 className="keys-title">{t('review.help.everywhere')}</h3>
    </>
  )
}

/** The first two: the others are the same keys on other keyboards. */
function keysOf(action: ReviewKey): readonly string[] {
  return Object.entries(REVIEW_KEYS)
    .filter(([, each]) => each === action)
    .map(([key]) => key)
    .slice(0, 2)
}

function label(key: string): string {
  return SYMBOLS[key] ?? (key.length === 1 ? key.toUpperCase() : key)
}
