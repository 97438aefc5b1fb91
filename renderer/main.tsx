import '@fontsource-variable/inter/wght.css'
import '@fontsource/noto-sans-sc/500.css'
import '@fontsource/noto-sans-sc/700.css'
import './theme/tokens.css'
import './theme/base.css'
import './theme/drive.css'
import './theme/alert.css'
import './theme/dialog.css'
import './theme/compact.css'
import type { i18n } from 'i18next'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import * as z from 'zod'
import { App } from './App.tsx'
import type { ScreenApi } from './api/screenApi.ts'
import { SocketApi } from './api/socketApi.ts'
import { CockpitContext, type Cockpit } from './context.ts'
import { createI18n } from './locales/i18n.ts'
import { zh } from './locales/zh.ts'
import { Alarm } from './sound/alarm.ts'
import { herald } from './sound/herald.ts'
import type { AlertEvent } from './stores/driveState.ts'
import { calm } from './stores/calm.ts'
import { createDriveStore } from './stores/driveStore.ts'
import { createSettings, readSettings } from './stores/settings.ts'

/** React draws at most this often; the ribbon and the picture have canvases of their own. */
const DRAWS_PER_SECOND = 15

// Without it zod compiles its parsers with `new Function`, which our policy forbids.
z.config({ jitless: true })

const settings = createSettings(
  readSettings(localStorage, location.search, navigator.languages),
  localStorage,
)
const words = await createI18n(settings.getState().language)
const api: ScreenApi = new SocketApi(new URL('live', location.href.replace(/^http/, 'ws')).href)
const drive = createDriveStore(() => performance.now())
api.observe(drive.event)
api.subscribe(drive.event)
const alarm = new Alarm()
herald(drive.store, settings, alarm, (alert) => {
  say(words, alert)
})

const cockpit: Cockpit = {
  api,
  drive,
  settings,
  alarm,
  shown: calm(drive.store, DRAWS_PER_SECOND, requestAnimationFrame),
  acknowledge: () => {
    if (drive.store.getState().alert === undefined) return
    api.acknowledge()
    if (drive.store.getState().role === 'control') drive.event({ type: 'acknowledged' })
  },
}

// Faces come by range of characters. Words that were never shown, such as those for a lost
// connection, must not wait for a server that is gone.
for (const weight of [500, 700]) {
  void document.fonts.load(`${weight} 16px 'Noto Sans SC'`, JSON.stringify(zh))
}

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <I18nextProvider i18n={words}>
      <CockpitContext value={cockpit}>
        <App />
      </CockpitContext>
    </I18nextProvider>,
  )
}

function say({ t, language }: i18n, alert: AlertEvent): void {
  const words = new SpeechSynthesisUtterance(t(`act.${alert.class}`))
  words.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
  speechSynthesis.cancel()
  speechSynthesis.speak(words)
}
