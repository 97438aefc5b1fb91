import type { ReactElement, ReactNode } from 'react'

const RADIUS = 44
const LENGTH = 2 * Math.PI * RADIUS

export interface RingProps {
  /** 0 to 1. */
  readonly share: number
  readonly children: ReactNode
  readonly className?: string
}

/** A ring that fills clockwise from the top, and what is in it. */
export function Ring({ share, children, className = '' }: RingProps): ReactElement {
  const filled = Math.min(1, Math.max(0, share)) * LENGTH
  return (
    <div className={`ring ${className}`}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className="ring-track" cx="50" cy="50" r={RADIUS} />
        {filled > 0.5 && (
          <circle
            className="ring-fill"
            cx="50"
            cy="50"
            r={RADIUS}
            strokeDasharray={`${filled} ${LENGTH}`}
            transform="rotate(-90 50 50)"
          />
        )}
      </svg>
      <div className="ring-core">{children}</div>
    </div>
  )
}
