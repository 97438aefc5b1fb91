import * as Slider from '@radix-ui/react-slider'
import { useCallback, useSyncExternalStore, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useSettings } from '../shared/appContext.ts'
import { PATTERNS } from '../shared/sound/patterns.ts'
import { LANGUAGES, THEMES, type Language, type ThemeChoice } from '../shared/stores/settings.ts'
import { Choices } from '../shared/components/Choices.tsx'
import { SwitchRow } from '../shared/components/SwitchRow.tsx'

const LANGUAGE_KEYS = { en: 'settings.english', zh: 'settings.chinese' } as const

/** Language, appearance and sound of this screen; kept by its browser. */
export function ScreenSettings(): ReactElement {
  const { t } = useTranslation()
  const { settings, alarm } = useApp()
  const { language, theme, volume, speech } = useSettings((state) => state)
  const hasVoice = useHasVoice(language)
  return (
    <section className="section">
      <h3>{t('settings.screen')}</h3>
      <Choices
        inline
        label={t('settings.language')}
        value={language}
        onChange={(value) => {
          settings.setState({ language: value as Language })
        }}
        choices={LANGUAGES.map((value) => ({ value, title: t(LANGUAGE_KEYS[value]) }))}
      />
      <Choices
        inline
        label={t('settings.theme')}
        value={theme}
        onChange={(value) => {
          settings.setState({ theme: value as ThemeChoice })
        }}
        choices={THEMES.map((value) => ({ value, title: t(`settings.${value}`) }))}
      />
      <div className="switch-row">
        <span>{t('settings.volume')}</span>
        <div className="volume">
          <Slider.Root
            className="slider"
            min={0}
            max={100}
            step={5}
            value={[Math.round(volume * 100)]}
            onValueChange={([value = 0]) => {
              settings.setState({ volume: value / 100 })
            }}
          >
            <Slider.Track className="slider-track">
              <Slider.Range className="slider-range" />
            </Slider.Track>
            <Slider.Thumb className="slider-thumb" aria-label={t('settings.volume')} />
          </Slider.Root>
          <button
            type="button"
            className="button"
            onClick={() => {
              alarm.once(PATTERNS.warning)
            }}
          >
            {t('settings.test')}
          </button>
        </div>
      </div>
      <SwitchRow
        label={t('settings.speech')}
        {...(hasVoice ? {} : { hint: t('settings.voiceless') })}
        checked={speech}
        onChange={(checked) => {
          settings.setState({ speech: checked })
        }}
      />
    </section>
  )
}

/** Whether this computer can read out alerts in the language of the screen. */
function useHasVoice(language: Language): boolean {
  const { speech } = useApp()
  const subscribe = useCallback((listener: () => void) => speech.onChange(listener), [speech])
  return useSyncExternalStore(subscribe, () => speech.hasVoice(language))
}
