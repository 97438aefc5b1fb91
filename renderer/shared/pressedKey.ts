/** What is asked of a `KeyboardEvent`. */
export interface PressedKey {
  readonly key: string
  readonly code: string
  readonly shiftKey: boolean
}

/** What the keys of a US keyboard say, alone and with shift. */
const US_KEYS: Readonly<Partial<Record<string, readonly [string, string]>>> = {
  Space: [' ', ' '],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
}

/**
 * What a key says; where an input method swallows it (`Process`), or the layout has other letters
 * (Cyrillic, full-width), what the key in its place says on a US keyboard. Layouts of Latin letters
 * keep their own places: on a French keyboard A is where it says A.
 */
export function pressedKey({ key, code, shiftKey }: PressedKey): string {
  const isLetter = key.length === 1
  const isLatin = isLetter && key <= '~'
  if (isLatin || (!isLetter && key !== 'Process' && key !== 'Unidentified')) return key
  const [, name] = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code) ?? []
  return name?.toLowerCase() ?? US_KEYS[code]?.[shiftKey ? 1 : 0] ?? key
}
