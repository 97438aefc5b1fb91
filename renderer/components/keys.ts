/** Keys by what `KeyboardEvent.key` says in small letters; the words are `help.*`. */
export const KEYS = {
  ' ': 'space',
  '1': 'drive',
  '2': 'driver',
  s: 'choose',
  e: 'settings',
  t: 'theme',
  l: 'language',
  m: 'mute',
  f: 'full',
  '?': 'help',
} as const

export type KeyAction = (typeof KEYS)[keyof typeof KEYS]

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
