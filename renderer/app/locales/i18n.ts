import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../shared/stores/settings.ts'
import { en } from './en.ts'
import { reviewEn } from './review.en.ts'
import { reviewZh } from './review.zh.ts'
import { zh } from './zh.ts'

/** The words of both languages, bundled; nothing is fetched. */
export async function createI18n(language: Language): Promise<i18n> {
  const instance = i18next.createInstance()
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: {
      en: { translation: { ...en, review: reviewEn } },
      zh: { translation: { ...zh, review: reviewZh } },
    },
    interpolation: { escapeValue: false },
  })
  return instance
}
