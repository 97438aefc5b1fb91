import type { ReactElement } from 'react'
import type { ClassId } from '../../../electron/core/labels.ts'
import type { DisplayState } from '../stores/displayState.ts'

/** Our own drawings on a 24 x 24 grid: a class or a state is known by its outline alone. */
const SHAPES = {
  wheel:
    'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM14.4 12a2.4 2.4 0 1 1-4.8 0 2.4 2.4 0 0 1 4.8 0ZM3.4 10.6l6.3.8M14.3 11.4l6.3-.8M12 14.4V21',
  text: 'M9.4 2.5h5.2A2.4 2.4 0 0 1 17 4.9v14.2a2.4 2.4 0 0 1-2.4 2.4H9.4A2.4 2.4 0 0 1 7 19.1V4.9a2.4 2.4 0 0 1 2.4-2.4ZM10 6.5h4M10 9.5h4M10 12.5h2.5M11.4 18.6h1.2',
  phone:
    'M6 3.5h3l1.6 4.2-2 1.6a12 12 0 0 0 6 6l1.6-2 4.2 1.6v3a2.4 2.4 0 0 1-2.4 2.5A15.6 15.6 0 0 1 3.6 6 2.4 2.4 0 0 1 6 3.5Z',
  radio:
    'M5.4 8h13.2A2.4 2.4 0 0 1 21 10.4v7.2a2.4 2.4 0 0 1-2.4 2.4H5.4A2.4 2.4 0 0 1 3 17.6v-7.2A2.4 2.4 0 0 1 5.4 8ZM11.5 14a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM15 12h3M15 16h3M7 8l9-4.5',
  drink: 'M6 8h12l-1.4 13H7.4L6 8ZM5 5.4h14V8H5V5.4ZM12 5.4 13.4 2',
  reach: 'M20 17v-3a4 4 0 0 0-4-4H4.5M9.5 4.5 4 10l5.5 5.5',
  hair: 'M4 5.5h16V9H4V5.5ZM6 9v7M9 9v7M12 9v7M15 9v7M18 9v7',
  talk: 'M4 4.5h16v11H10l-4.5 4v-4H4v-11ZM8.5 8.6h7M8.5 11.6h4.5',
  unsure:
    'M9.2 9.2a2.9 2.9 0 1 1 4.3 2.5c-.9.5-1.5 1.2-1.5 2.3M12 17.2v.1M12 3a9 9 0 0 1 3.4.7M19 6.3a9 9 0 0 1 1.8 3.6M20.8 14a9 9 0 0 1-1.8 3.7M15.4 20.3a9 9 0 0 1-6.8 0M5 17.7A9 9 0 0 1 3.2 14M3.2 10A9 9 0 0 1 5 6.3M8.6 3.7A9 9 0 0 1 12 3',
  blind:
    'M3 3l18 18M9.9 5.2A9.6 9.6 0 0 1 12 5c5 0 8.6 4.2 9.7 7a12 12 0 0 1-2.6 3.9M6.2 6.8A12.6 12.6 0 0 0 2.3 12c1.1 2.8 4.7 7 9.7 7 1.5 0 2.9-.4 4.1-1M9.6 9.9a3.1 3.1 0 0 0 4.3 4.4',
  eye: 'M2.3 12C3.4 9.2 7 5 12 5s8.6 4.2 9.7 7c-1.1 2.8-4.7 7-9.7 7s-8.6-4.2-9.7-7ZM15.2 12a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0Z',
  caution: 'M12 3.6 21.6 20H2.4L12 3.6ZM12 9.8v4.6M12 17.2v.1',
  critical: 'M8 2.8h8L21.2 8v8L16 21.2H8L2.8 16V8L8 2.8ZM12 7.4v5.4M12 16.4v.1',
  paused: 'M8 4.5v15M16 4.5v15',
  ended: 'M6 21V4M6 5h12l-2.6 4L18 13H6',
  failed: 'M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM8.8 8.8l6.4 6.4M15.2 8.8l-6.4 6.4',
} as const

export type GlyphName = keyof typeof SHAPES

const OF_CLASS: Readonly<Record<ClassId, GlyphName>> = {
  c0: 'wheel',
  c1: 'text',
  c2: 'phone',
  c3: 'text',
  c4: 'phone',
  c5: 'radio',
  c6: 'drink',
  c7: 'reach',
  c8: 'hair',
  c9: 'talk',
}

export function classGlyph(id: ClassId): GlyphName {
  return OF_CLASS[id]
}

export function lookGlyph(look: DisplayState): GlyphName {
  switch (look.kind) {
    case 'unsafe':
      return OF_CLASS[look.class]
    case 'safe':
      return 'wheel'
    case 'unsure':
    case 'blind':
    case 'paused':
    case 'ended':
    case 'failed':
      return look.kind
    case 'idle':
    case 'starting':
      return 'eye'
  }
}

/** Decoration: the word beside it says the same. */
export function Glyph({
  name,
  className = '',
}: {
  readonly name: GlyphName
  readonly className?: string
}): ReactElement {
  return (
    <svg className={`glyph ${className}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  )
}
