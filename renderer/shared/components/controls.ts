import type { StoreApi } from 'zustand/vanilla'
import type { Settings } from '../stores/settings.ts'

/** What keys and buttons do to the settings. */
export class Controls {
  readonly #settings: StoreApi<Settings>

  constructor(settings: StoreApi<Settings>) {
    this.#settings = settings
  }

  language(): void {
    const { language } = this.#settings.getState()
    this.#settings.setState({ language: language === 'en' ? 'zh' : 'en' })
  }

  /** From what is shown now to the other one, whether or not the clock chose it. */
  theme(): void {
    const shown = document.documentElement.dataset['theme']
    this.#settings.setState({ theme: shown === 'night' ? 'day' : 'night' })
  }

  mute(): void {
    const { volume } = this.#settings.getState()
    this.#settings.setState({ volume: volume > 0 ? 0 : 0.7 })
  }
}
