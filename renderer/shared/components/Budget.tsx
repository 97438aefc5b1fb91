import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { seconds, threshold } from '../format/numbers.ts'

export interface BudgetProps {
  readonly label: string
  readonly usedMs: number
  readonly allowedMs: number
  readonly severity: string
}

/** Seconds used of seconds allowed, filling up. */
export function Budget({ label, usedMs, allowedMs, severity }: BudgetProps): ReactElement {
  const { t } = useTranslation()
  const share = allowedMs > 0 ? Math.min(1, usedMs / allowedMs) : 0
  return (
    <div className={`budget severity-${severity}`}>
      <span>{label}</span>
      <div className="track" aria-hidden="true">
        <i style={{ transform: `scaleX(${share})` }} />
      </div>
      <b>{t('meter.of', { used: seconds(usedMs), allowed: threshold(allowedMs) })}</b>
    </div>
  )
}
