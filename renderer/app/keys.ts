/** Keys by what `pressedKey` says in small letters; the words are `help.*`. */
export const KEYS = {
  ' ': 'space',
  '1': 'monitor',
  '2': 'driver',
  '3': 'review',
  s: 'choose',
  e: 'settings',
  t: 'theme',
  l: 'language',
  m: 'mute',
  f: 'full',
  k: 'play',
  arrowleft: 'back',
  arrowright: 'on',
  ',': 'stepBack',
  '.': 'stepOn',
  '<': 'slower',
  '>': 'faster',
  '?': 'help',
} as const

export type KeyAction = (typeof KEYS)[keyof typeof KEYS]

const PLAYBACK: ReadonlySet<KeyAction> = new Set<KeyAction>([
  'play',
  'back',
  'on',
  'stepBack',
  'stepOn',
  'slower',
  'faster',
])

/** Whether it moves the recording that is being watched. */
export function isPlayback(action: KeyAction): boolean {
  return PLAYBACK.has(action)
}

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** It goes to a text field, or a button for which space means a press. */
  readonly taken: boolean
}

/** @returns what a key press asks for, if anything */
export function actionOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  taken,
}: KeyPress): KeyAction | undefined {
  if (ctrlKey || metaKey || altKey || taken) return undefined
  const keys: Readonly<Partial<Record<string, KeyAction>>> = KEYS
  return keys[key.toLowerCase()]
}
