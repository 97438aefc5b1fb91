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
import './theme/reviewPhone.css'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import * as z from 'zod'
import { App } from './App.tsx'
import { browserDisplay, browserReader } from './browser.ts'
import { markView } from './shownView.ts'
import type { Bridge } from '../../electron/contract/bridge.ts'
import type { ScreenApi } from '../shared/api/screenApi.ts'
import { DataApi } from '../shared/api/dataApi.ts'
import { LinkApi } from '../shared/api/linkApi.ts'
import { BridgeLink } from '../shared/api/bridgeLink.ts'
import { WebSocketLink } from '../shared/api/webSocketLink.ts'
import { Player } from '../shared/Player.ts'
import { AppReactContext, type AppContext } from '../shared/appContext.ts'
import { createI18n } from './locales/i18n.ts'
import { reviewZh } from './locales/review.zh.ts'
import { zh } from './locales/zh.ts'
import { Archive } from '../review/archive.ts'
import { ReviewWorkspace } from '../review/reviewWorkspace.ts'
import { WorkspaceContext } from '../review/context.ts'
import { Alarm } from '../shared/sound/alarm.ts'
import { alertAudio } from '../live/alertAudio.ts'
import { PATTERNS } from '../shared/sound/patterns.ts'
import { Speech } from '../shared/sound/speech.ts'
import { throttledStore } from '../shared/stores/throttledStore.ts'
import { createDriveStore } from '../shared/stores/driveStore.ts'
import { keepDisplayOn } from '../shared/wakeLock.ts'
import { createSettings, readSettings } from '../shared/stores/settings.ts'

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
const speech = new Speech(browserReader)
alertAudio(drive.store, settings, alarm, (alert) => {
  const { language, volume } = settings.getState()
  speech.say(words.t(`act.${alert.class}`), language, volume, () => {
    // A caution sounds once; whoever asked for words is to notice it all the same.
    if (alert.level === 'caution') alarm.once(PATTERNS.warning)
  })
})
if (bridge === undefined) {
  keepDisplayOn(drive.store, browserDisplay, (problem) => {
    drive.event({ type: 'refused', problem })
  })
}

const workspace = new ReviewWorkspace(new Archive(new DataApi(() => api.controlKey)))

const appContext: AppContext = {
  api,
  drive,
  settings,
  alarm,
  speech,
  player: new Player(api, drive.store),
  shown: throttledStore(drive.store, DRAWS_PER_SECOND, requestAnimationFrame),
  acknowledge: () => {
    if (drive.store.getState().alert === undefined) return
    const { role, link } = drive.store.getState()
    api.acknowledge()
    // While the monitor is away nobody can answer; this screen at least need not go on sounding.
    if (role === 'control' || link === 'lost') drive.event({ type: 'acknowledged' })
  },
}

// Faces come by range of characters. Words that were never shown, such as those for a lost
// connection, must not wait for a server that is gone.
for (const weight of [500, 700]) {
  void document.fonts.load(`${weight} 16px 'Noto Sans SC'`, JSON.stringify([zh, reviewZh]))
}

markView(document.documentElement, settings, appContext.shown)
const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <I18nextProvider i18n={words}>
      <AppReactContext value={appContext}>
        <WorkspaceContext value={workspace}>
          <App />
        </WorkspaceContext>
      </AppReactContext>
    </I18nextProvider>,
  )
}
