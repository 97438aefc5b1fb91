/** True when a name holds `*`, `?`, `[...]` or `{a,b}`. */
export function hasGlob(name: string): boolean {
  return /[*?]|\[.+\]|\{.+,.+\}/.test(name)
}

/**
 * A regular expression for a whole path: `*` and `?` stay inside one folder, `**` spans folders,
 * `[abc]`, `[!abc]` and `{jpg,png}` as in a shell. Hidden files must be named.
 */
export function globRegExp(glob: string): RegExp {
  return new RegExp(`^${translateAll(glob)}$`)
}

const TOKEN = /\*\*\/\*(?!\*)|\/\*(?!\*)|\*\*\/|\*\*|\*|\?|\[!?[^\]/]+\]|\{[^{}/]*\}|[^]/g

function translateAll(glob: string): string {
  return Array.from(glob.matchAll(TOKEN), ([token]) => translate(token)).join('')
}

function translate(token: string): string {
  switch (token) {
    case '**/*':
      return '(?:[^./][^/]*/)*(?!\\.)[^/]*'
    case '**/':
      return '(?:[^./][^/]*/)*'
    case '**':
      return '.*'
    case '/*':
      return '/(?!\\.)[^/]*'
    case '*':
      return '[^/]*'
    case '?':
      return '[^/]'
    default:
      return translateGroup(token)
  }
}

function translateGroup(token: string): string {
  if (token.length > 1 && token.startsWith('[')) {
    return token.replace('[!', '[^').replaceAll('\\', '\\\\')
  }
  if (token.length > 1 && token.startsWith('{')) {
    const choices = token.slice(1, -1).split(',')
    return `(?:${choices.map(translateAll).join('|')})`
  }
  return token.replace(/[\\^$.|+()[\]{}]/, '\\$&')
}
