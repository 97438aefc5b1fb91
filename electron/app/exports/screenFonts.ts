import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { REPORT_CSP } from './report/html/page.ts'

const FACE = /@font-face\s*\{[^}]*\}/g
const CHINESE = 'Noto Sans SC'
/** Radicals, the first of the Chinese blocks of Unicode. */
const FIRST_CHINESE = 0x2e80
/** Behind a system font without Chinese some lines stay empty boxes (Chromium 156, seen). */
const FIRST = `html, .chart { font-family: '${CHINESE}', system-ui, sans-serif }`
const CSP_IN_PAGE = REPORT_CSP.replaceAll("'", '&#39;')

/**
 * A machine in a vehicle often has no Chinese font: a page that is printed there brings the faces
 * of the screen along, those of them that have its characters, as a part of it.
 *
 * @param rendererDir the built screen
 * @returns the page as it is where there are no faces, or none is needed
 */
export function withScreenFonts(page: string, rendererDir: string): string {
  const folder = path.join(rendererDir, 'assets')
  const characters = [...new Set(page)].flatMap((character) => character.codePointAt(0) ?? [])
  const faces = styleSheets(folder)
    .flatMap((css) => css.match(FACE) ?? [])
    .filter((face) => face.includes(CHINESE) && holdsAny(face, characters))
    .flatMap((face) => inlined(face, folder) ?? [])
  if (faces.length === 0) return page
  return page
    .replace(CSP_IN_PAGE, () => `${CSP_IN_PAGE}; font-src data:`)
    .replace('</head>', () => `<style>${faces.join('\n')}\n${FIRST}</style></head>`)
}

/** Faces are brought along for Chinese alone: everything else is in the machine's own fonts. */
function holdsAny(face: string, characters: readonly number[]): boolean {
  const ranges = /unicode-range:([^;}]*)/.exec(face)?.[1]?.split(',').map(rangeOf) ?? []
  return characters.some(
    (code) => code >= FIRST_CHINESE && ranges.some(({ from, to }) => code >= from && code <= to),
  )
}

/** `U+4E00-4E0F`, `U+4E00` or `U+4E??`. */
function rangeOf(text: string): { from: number; to: number } {
  const [from = '', to = from] = text.trim().replace(/^U\+/i, '').split('-')
  return {
    from: parseInt(from.replaceAll('?', '0'), 16),
    to: parseInt(to.replaceAll('?', 'F'), 16),
  }
}

/** @returns the face with its WOFF2 in it */
function inlined(face: string, folder: string): string | undefined {
  const name = /url\(["']?(?:\.\/)?([^"')]+\.woff2)["']?\)/.exec(face)?.[1]
  if (name === undefined) return undefined
  const font = readFileSync(path.join(folder, path.basename(name))).toString('base64')
  return face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${font}) format("woff2")`)
}

function styleSheets(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.css'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  } catch {
    return []
  }
}
