import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Level } from '../../../electron/core/monitor/level.ts'

/** One, two or three strokes in the colour of the level, with its word or with it as a title. */
export function LevelMark({
  level,
  bare = false,
}: {
  readonly level: Level
  /** Without the word, where a line has no room: it is still there for those who cannot see. */
  readonly bare?: boolean
}): ReactElement {
  const { t } = useTranslation()
  const word = t(`level.${level}`)
  return (
    <span className={`level severity-${level}`} title={bare ? word : undefined}>
      <svg viewBox="0 0 16 14" aria-hidden="true">
        <rect x="1" y="9" width="3.6" height="4" rx="1" />
        <rect
          x="6.2"
          y="5"
          width="3.6"
          height="8"
          rx="1"
          className={level === 'caution' ? 'off' : ''}
        />
        <rect
          x="11.4"
          y="1"
          width="3.6"
          height="12"
          rx="1"
          className={level === 'critical' ? '' : 'off'}
        />
      </svg>
      <span className={bare ? 'hidden' : ''}>{word}</span>
    </span>
  )
}
