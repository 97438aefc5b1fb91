import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

export interface LengthLimitProps {
  readonly value: string
  /** Of the field, which takes no more. */
  readonly length: number
}

/** Says why a field takes no more, once it is full. */
export function LengthLimit({ value, length }: LengthLimitProps): ReactElement {
  const { t } = useTranslation()
  return (
    <small className="quiet" role="status">
      {value.length >= length && t('settings.longest', { length })}
    </small>
  )
}
