import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../shared/appContext.ts'
import { PinPad } from './PinPad.tsx'

/** Asks for a new PIN twice. */
export function NewPin({ onDone }: { readonly onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const { api } = useApp()
  const [first, setFirst] = useState<string>()
  const [differed, setDiffered] = useState(false)
  const hint = first === undefined ? (differed ? 'pin.differs' : 'pin.choose') : 'pin.again'
  return (
    <PinPad
      hint={t(hint)}
      wrong={differed && first === undefined}
      disabled={false}
      action={t(first === undefined ? 'pin.next' : 'pin.keep')}
      onPin={(pin) => {
        if (first === undefined) {
          setFirst(pin)
        } else if (pin === first) {
          api.changeSettings({ pin })
          onDone()
        } else {
          setFirst(undefined)
          setDiffered(true)
        }
      }}
    />
  )
}
