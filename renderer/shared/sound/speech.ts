import type { Language } from '../stores/settings.ts'

export interface Voice {
  /** BCP 47, with a dash or, on Android, an underscore. */
  readonly lang: string
  /** It speaks without a network. */
  readonly localService: boolean
}

/** What is to be read out. */
export interface Utterance {
  readonly text: string
  readonly voice: Voice
  /** 0 to 1. */
  readonly volume: number
  /** @param error as `SpeechSynthesisErrorEvent` has it */
  readonly onError: (error: string) => void
}

/** What reads out; the real one is in `app/browser.ts`. */
export interface Reader {
  readonly voices: () => readonly Voice[]
  /** @returns the end of it */
  readonly onVoices: (listener: () => void) => () => void
  /** In place of what it says at this moment. */
  readonly read: (utterance: Utterance) => void
}

/** Reads alerts out, where this computer has a voice for the language. */
export class Speech {
  readonly #reader: Reader

  constructor(reader: Reader) {
    this.#reader = reader
  }

  /** Without one a browser says nothing, and reports no error either. */
  hasVoice(language: Language): boolean {
    return this.#voice(language) !== undefined
  }

  /** Calls back when `hasVoice` may have changed: voices come late. @returns the end of it */
  onChange(listener: () => void): () => void {
    return this.#reader.onVoices(listener)
  }

  /**
   * @param volume 0 to 1
   * @param instead what is to be heard where the words are not
   */
  say(text: string, language: Language, volume: number, instead: () => void): void {
    const voice = this.#voice(language)
    if (voice === undefined) {
      instead()
      return
    }
    const onError = (error: string): void => {
      // What a newer alert cuts short is heard in the newer one.
      if (error !== 'canceled' && error !== 'interrupted') instead()
    }
    this.#reader.read({ text, voice, volume, onError })
  }

  /** Some voices are a server elsewhere; nothing leaves this machine. */
  #voice(language: Language): Voice | undefined {
    return this.#reader
      .voices()
      .find(({ lang, localService }) => localService && isOf(lang, language))
  }
}

function isOf(tag: string, language: Language): boolean {
  return tag.toLowerCase().split(/[-_]/)[0] === language
}
