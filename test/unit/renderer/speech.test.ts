import { describe, expect, it } from 'vitest'
import { Speech, type Utterance, type Voice } from '../../../renderer/shared/sound/speech.ts'

/** A browser with these voices. */
function browser(...voices: readonly Voice[]) {
  const read: Utterance[] = []
  let sounds = 0
  const speech = new Speech({
    voices: () => voices,
    onVoices: () => () => undefined,
    read: (utterance) => read.push(utterance),
  })
  return {
    speech,
    read,
    say: (language: 'en' | 'zh', volume = 1) => {
      speech.say('x', language, volume, () => (sounds += 1))
    },
    sounds: () => sounds,
  }
}

const here = (lang: string): Voice => ({ lang, localService: true })

describe('an alert in words', () => {
  it('is read in the language of the screen, as loud as its sound', () => {
    const { say, read, sounds } = browser(here('en_US'), here('zh-CN'))
    say('zh', 0.4)
    say('en', 0)
    expect(read).toMatchObject([
      { text: 'x', volume: 0.4, voice: { lang: 'zh-CN' } },
      { volume: 0, voice: { lang: 'en_US' } },
    ])
    expect(sounds()).toBe(0)
  })

  it('is heard as a sound where there is no voice, or only one that is elsewhere', () => {
    const { speech, say, read, sounds } = browser(here('de-DE'), {
      lang: 'zh-CN',
      localService: false,
    })
    expect([speech.hasVoice('en'), speech.hasVoice('zh')]).toEqual([false, false])
    say('en')
    say('zh')
    expect([sounds(), read]).toEqual([2, []])
  })

  it('is heard as a sound where the voice fails, but not where the next alert cuts it short', () => {
    const { say, read, sounds } = browser(here('en-GB'))
    say('en')
    read[0]?.onError('interrupted')
    read[0]?.onError('canceled')
    expect(sounds()).toBe(0)
    read[0]?.onError('synthesis-failed')
    expect(sounds()).toBe(1)
  })
})
