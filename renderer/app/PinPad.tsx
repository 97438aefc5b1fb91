import { Delete } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { pressedKey } from '../shared/pressedKey.ts'

/** As `pinSchema` has it. */
const SHORTEST = 4
const LONGEST = 8

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export interface PinPadProps {
  /** What the digits are for, or what was wrong with the last ones. */
  readonly hint: string
  readonly wrong: boolean
  readonly disabled: boolean
  readonly action: string
  readonly onPin: (pin: string) => void
}

/** Ten large digits; a keyboard works as well. The digits are never shown. */
export function PinPad({ hint, wrong, disabled, action, onPin }: PinPadProps): ReactElement {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const ready = pin.length >= SHORTEST && !disabled
  const type = (digit: string): void => {
    if (!disabled) setPin((before) => (before + digit).slice(0, LONGEST))
  }
  const erase = (): void => {
    setPin((before) => before.slice(0, -1))
  }
  const enter = (): void => {
    if (!ready) return
    setPin('')
    onPin(pin)
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const key = pressedKey(event)
      if (/^\d$/.test(key)) type(key)
      else if (event.key === 'Backspace') erase()
      else if (event.key === 'Enter') enter()
      else return
      // Enter would press the button that has the focus as well.
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onKey)
    }
  })
  return (
    <div className="pin">
      <div className="pin-words">
        <p className={wrong ? 'pin-wrong' : ''} role="status">
          {hint}
        </p>
        <div className="pin-dots" role="img" aria-label={t('pin.digits', { count: pin.length })}>
          {Array.from({ length: Math.max(SHORTEST, pin.length) }, (_, n) => (
            <i key={n} className={n < pin.length ? 'full' : ''} />
          ))}
        </div>
        <button type="button" className="button primary" disabled={!ready} onClick={enter}>
          {action}
        </button>
      </div>
      <div className="pin-keys">
        {[...DIGITS, '0'].map((digit) => (
          <button
            key={digit}
            type="button"
            className={digit === '0' ? 'pin-zero' : ''}
            disabled={disabled}
            onClick={() => {
              type(digit)
            }}
          >
            {digit}
          </button>
        ))}
        <button type="button" aria-label={t('pin.erase')} disabled={pin === ''} onClick={erase}>
          <Delete />
        </button>
      </div>
    </div>
  )
}
