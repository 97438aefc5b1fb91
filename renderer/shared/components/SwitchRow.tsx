import * as Switch from '@radix-ui/react-switch'
import { useId, type ReactElement } from 'react'

export interface SwitchRowProps {
  readonly label: string
  readonly hint?: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange: (checked: boolean) => void
}

/** Something that is on or off. */
export function SwitchRow(props: SwitchRowProps): ReactElement {
  const { label, hint, checked, disabled = false, onChange } = props
  const id = useId()
  return (
    <div className="switch-row">
      <label htmlFor={id}>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </label>
      <Switch.Root
        id={id}
        className="switch"
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
      >
        <Switch.Thumb className="thumb" />
      </Switch.Root>
    </div>
  )
}
