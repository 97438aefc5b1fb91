import type { Language } from '../exports.ts'
import { en } from './en.ts'
import type { SharedWords } from './sharedWords.ts'
import { zh } from './zh.ts'

export type { Language, SharedWords }

export const WORDS: Readonly<Record<Language, SharedWords>> = { en, zh }

/** @returns the word for an identifier that somebody else may have made up */
export function wordOf(words: Readonly<Record<string, string>>, id: string): string | undefined {
  return words[id]
}
