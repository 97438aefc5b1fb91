/**
 * What a terminal would obey instead of showing: control characters (C0, DEL, C1), and those that
 * turn the direction of writing around, so that `gpj.exe` reads as `exe.jpg`.
 */
const OBEYED = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * The one way for a text of others (names of files, labels, messages of programs) to a terminal: what
 * it would obey is shown as `\\x1b` or `\\u202e`. Colours are put around it afterwards.
 */
export function forTerminal(text: string): string {
  return text.replace(OBEYED, (sign) => {
    const code = codeOf(sign)
    return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code}`
  })
}

/** One JSON text: the same value, but a terminal obeys nothing in it; JSON itself lets C1 and DEL through. */
export function jsonForTerminal(value: unknown): string {
  return JSON.stringify(value).replace(OBEYED, (sign) => `\\u${codeOf(sign).padStart(4, '0')}`)
}

function codeOf(sign: string): string {
  return sign.charCodeAt(0).toString(16).padStart(2, '0')
}
