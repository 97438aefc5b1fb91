import * as RadioGroup from '@radix-ui/react-radio-group'
import { useId, type ReactElement } from 'react'

interface Choice {
  readonly value: string
  readonly title: string
  readonly hint?: string | undefined
  readonly disabled?: boolean
}

export interface ChoicesProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: string
  readonly onChange: (value: string) => void
  readonly empty?: string
  readonly inline?: boolean
  readonly disabled?: boolean
}

/** One of a few, all of them visible. */
export function Choices(props: ChoicesProps): ReactElement {
  const { label, choices, value, onChange, empty = '', inline = false, disabled = false } = props
  const id = useId()
  return (
    <div className={`field ${inline ? 'inline' : ''}`}>
      <span className="field-label" id={id}>
        {label}
      </span>
      <RadioGroup.Root
        className="choices"
        aria-labelledby={id}
        value={value}
        disabled={disabled}
        onValueChange={onChange}
      >
        {choices.length === 0 && <span className="quiet">{empty}</span>}
        {choices.map((choice) => (
          <RadioGroup.Item
            key={choice.value}
            className="choice"
            value={choice.value}
            disabled={choice.disabled === true}
          >
            <span>{choice.title}</span>
            {choice.hint !== undefined && <small>{choice.hint}</small>}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  )
}
