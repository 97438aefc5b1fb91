import type { LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'

/** A button of a bar: an icon and its words, of which a narrow screen shows the icon only. */
export function BarButton({
  icon: Icon,
  words,
  onClick,
  primary = false,
  disabled = false,
}: {
  readonly icon: LucideIcon
  readonly words: string
  readonly onClick: () => void
  readonly primary?: boolean
  readonly disabled?: boolean
}): ReactElement {
  return (
    <button
      type="button"
      className={primary ? 'button small primary' : 'button small'}
      aria-label={words}
      title={words}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon aria-hidden="true" /> <span>{words}</span>
    </button>
  )
}
