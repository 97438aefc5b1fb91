import type { Reader, Voice } from '../shared/sound/speech.ts'
import type { Display } from '../shared/wakeLock.ts'

/** Refuses where there is no such thing: an old browser, or a page without TLS from elsewhere. */
export const browserDisplay: Display = {
  hold: async () => {
    const { wakeLock } = navigator as Partial<Pick<Navigator, 'wakeLock'>>
    if (wakeLock === undefined) throw new Error('this browser cannot keep a display on')
    return wakeLock.request('screen')
  },
  visible: () => document.visibilityState === 'visible',
  onVisible: (listener) => {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') listener()
    })
  },
}

const { speechSynthesis: synthesis } = globalThis as Partial<typeof globalThis>

/** Has no voices in a browser that cannot speak. */
export const browserReader: Reader = {
  voices: () => synthesis?.getVoices() ?? [],
  onVoices: (listener) => {
    synthesis?.addEventListener('voiceschanged', listener)
    return () => {
      synthesis?.removeEventListener('voiceschanged', listener)
    }
  },
  read: ({ text, voice, volume, onError }) => {
    const words = new SpeechSynthesisUtterance(text)
    words.voice = synthesis?.getVoices().find((each) => isSame(each, voice)) ?? null
    words.lang = voice.lang
    words.volume = volume
    words.addEventListener('error', ({ error }) => {
      onError(error)
    })
    synthesis?.cancel()
    synthesis?.speak(words)
  },
}

/** A browser may make its voices anew each time it is asked. */
function isSame(one: Voice, other: Voice): boolean {
  return one.lang === other.lang && one.localService === other.localService
}
