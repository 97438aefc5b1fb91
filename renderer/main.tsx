import '@fontsource-variable/inter/wght.css'
import '@fontsource/noto-sans-sc/500.css'
import '@fontsource/noto-sans-sc/700.css'
import './theme/tokens.css'
import './theme/base.css'
import './theme/header.css'
import './theme/drive.css'
import './theme/driver.css'
import './theme/alert.css'
import './theme/dialog.css'
import './theme/compact.css'
import './theme/playback.css'
import './theme/settings.css'
import 'uplot/dist/uPlot.min.css'
import './theme/reviewHues.css'
import './theme/review.css'
import './theme/reviewList.css'
import './theme/reviewWork.css'
import './theme/reviewPanel.css'
import './theme/reviewAlerts.css'
import './theme/reviewWhy.css'
import './theme/reviewNumbers.css'
import './theme/reviewCompact.css'
import type { i18n } from 'i18next'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import * as z from 'zod'
import { App } from './App.tsx'
import type { Bridge } from '../electron/contract/bridge.ts'
import type { ScreenApi } from './api/screenApi.ts'
import { DataApi } from './api/dataApi.ts'
import { LinkApi } from './api/linkApi.ts'
import { BridgeLink } from './api/bridgeLink.ts'
import { WebSocketLink } from './api/webSocketLink.ts'
import { Player } from './components/Player.ts'
import { CockpitContext, type Cockpit } from './context.ts'
import { createI18n } from './locales/i18n.ts'
import { reviewZh } from './locales/review.zh.ts'
import { zh } from './locales/zh.ts'
import { Archive } from './review/archive.ts'
import { Desk } from './review/desk.ts'
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
const { roadward: bridge } = globalThis as { readonly roadward?: Bridge }
const api: ScreenApi = new LinkApi(
  bridge === undefined
    ? new WebSocketLink(new URL('live', location.href.replace(/^http/, 'ws')).href)
    : new BridgeLink(bridge),
)
const speak = (): void => bridge?.speak(settings.getState().language)
speak()
settings.subscribe(speak)
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
  player: new Player(api, drive.store),
  desk: new Desk(new Archive(new DataApi(() => api.controlKey))),
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
  void document.fonts.load(`${weight} 16px 'Noto Sans SC'`, JSON.stringify([zh, reviewZh]))
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
