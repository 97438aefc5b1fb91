/**
 * Keys of an open drive, by what `pressedKey` says; the words are `review.help.*`. Letters
 * that the whole screen uses (s, e, t, l, m, f, ?) stay with it.
 */
export const REVIEW_KEYS = {
  ' ': 'play',
  k: 'play',
  ',': 'last-frame',
  '.': 'next-frame',
  ArrowLeft: 'back',
  ArrowRight: 'on',
  'Shift+ArrowLeft': 'back-little',
  'Shift+ArrowRight': 'on-little',
  Home: 'start',
  End: 'end',
  p: 'last-event',
  n: 'next-event',
  '[': 'last-event',
  ']': 'next-event',
  u: 'unreviewed',
  '+': 'closer',
  '=': 'closer',
  '-': 'wider',
  'Shift+ArrowUp': 'pan-back',
  'Shift+ArrowDown': 'pan-on',
  '0': 'whole',
  '<': 'slower',
  '>': 'faster',
  c: 'clip',
  h: 'heat',
  w: 'what-if',
  i: 'frame',
  '1': '1',
  '2': '2',
  '3': '3',
  '4': '4',
  '5': '5',
  Escape: 'leave',
} as const

export type ReviewKey = (typeof REVIEW_KEYS)[keyof typeof REVIEW_KEYS]

interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const PRESSES: ReadonlySet<string> = new Set([' ', 'Enter'])

/**
 * @param uses what the focused control does with keys itself
 * @returns what a key press asks for, if anything
 */
export function reviewActionOf(
  press: Press,
  uses: 'all' | 'arrows' | 'press' | 'none',
): ReviewKey | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press
  if (ctrlKey || metaKey || altKey || uses === 'all') return undefined
  const moves = key.startsWith('Arrow') || key === 'Home' || key === 'End'
  if (uses === 'arrows' && (moves || PRESSES.has(key))) return undefined
  if (uses === 'press' && PRESSES.has(key)) return undefined
  const name = key.length === 1 ? key.toLowerCase() : key
  const keys: Readonly<Partial<Record<string, ReviewKey>>> = REVIEW_KEYS
  return keys[shiftKey && moves ? `Shift+${name}` : name]
}
