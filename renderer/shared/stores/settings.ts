import { createStore, type StoreApi } from 'zustand/vanilla'

export const LANGUAGES = ['en', 'zh'] as const
export const THEMES = ['auto', 'day', 'night'] as const
export const VIEWS = ['monitor', 'driver', 'review'] as const

export type Language = (typeof LANGUAGES)[number]
export type ThemeChoice = (typeof THEMES)[number]
export type View = (typeof VIEWS)[number]

export interface Settings {
  readonly language: Language
  readonly theme: ThemeChoice
  readonly view: View
  /** 0 to 1. */
  readonly volume: number
  /** Say the alert in words, beside the sound. */
  readonly speech: boolean
}

/** Where settings survive a reload: the browser's localStorage, or a fake. */
export interface Storage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

const KEY = 'roadward-settings'

/**
 * What was kept, then what the address asks for (`?lang=zh&theme=night&view=driver`), each only
 * as far as it makes sense.
 * @param languages of the browser, the preferred one first
 */
export function readSettings(
  shelf: Storage,
  query: string,
  languages: readonly string[],
): Settings {
  const kept = parse(shelf.getItem(KEY))
  const asked = new URLSearchParams(query)
  const native: Language = languages[0]?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en'
  const volume = kept['volume']
  return {
    language: one(LANGUAGES, asked.get('lang'), kept['language']) ?? native,
    theme: one(THEMES, asked.get('theme'), kept['theme']) ?? 'auto',
    view: one(VIEWS, nowCalled(asked.get('view')), nowCalled(kept['view'])) ?? 'monitor',
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : 0.7,
    speech: kept['speech'] === true,
  }
}

/** Links and settings of version 0.1 call the monitor view `drive`. */
function nowCalled(view: unknown): unknown {
  return view === 'drive' ? 'monitor' : view
}

export function createSettings(initial: Settings, shelf: Storage): StoreApi<Settings> {
  const store = createStore<Settings>(() => initial)
  store.subscribe((settings) => {
    shelf.setItem(KEY, JSON.stringify(settings))
  })
  return store
}

/** Night from seven to seven, where nobody chose. */
export function themeAt(choice: ThemeChoice, hour: number): 'day' | 'night' {
  if (choice !== 'auto') return choice
  return hour >= 7 && hour < 19 ? 'day' : 'night'
}

function parse(text: string | null): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function one<T extends string>(known: readonly T[], ...wishes: readonly unknown[]): T | undefined {
  return wishes
    .map((wish) => known.find((value) => value === wish))
    .find((value) => value !== undefined)
}
