import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import type { BrowserWindow } from 'electron'
import type * as Electron from 'electron'
import type { Logger } from 'pino'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import type { Lock } from '../../app/settings/lock.ts'
import type { SettingsStore } from '../../app/settings/settingsStore.ts'
import { APP_ICON, dataDir, PRELOAD, RENDERER_DIR } from '../../app/paths.ts'
import { ScreenHost } from '../../app/screens/screenHost.ts'
import { createLog } from '../../app/log.ts'
import { choiceOf } from '../../app/watchChoice.ts'
import { removeTelemetryRemains } from '../../app/telemetryRemains.ts'
import { serveApp } from './appScheme.ts'
import { setAutostart } from './autostart.ts'
import { healPage, type HealClock } from './crashes.ts'
import { guardNavigation, guardSession } from './guard.ts'
import { holdWindow } from './holdWindow.ts'
import type { Launch } from './launch.ts'
import { setMenuBar, setTrayMenu, type MenuActions } from './menus.ts'
import { findNode } from './nodeBinary.ts'
import { keepAwake } from './power.ts'
import { electronPrinter } from './printer.ts'
import { connectWindow } from './screenPort.ts'
import { openWindow } from './window.ts'
import type { Language } from '../../contract/words/words.ts'
import { WORDS } from './words.ts'

/** The parts of Electron that the app is made of; only `electron/main.ts` has the real one. */
export type ElectronParts = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'ipcMain'
  | 'Menu'
  | 'nativeImage'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'Tray'
>

/** Small enough for every tray. */
const TRAY_PIXELS = 22

const MACHINE_CLOCK: HealClock = {
  nowMs: () => performance.now(),
  later: (ms, job) => void setTimeout(job, ms),
}

/** Opens the one window over one monitor; both end with the app. */
export async function runApp(
  electron: ElectronParts,
  launch: Launch,
  settings: SettingsStore,
): Promise<void> {
  const { app } = electron
  const log = createLog(launch.verbose)
  const folder = dataDir()
  mkdirSync(folder, { recursive: true })
  const isKiosk = (): boolean => launch.kiosk || settings.current.kiosk
  const host = new ScreenHost({
    drive: launch.request,
    hasSource: true,
    directory: folder,
    execPath: nodeOf(app),
    settings,
    // A clone is no program that a session could start.
    canAutostart: app.isPackaged,
    printPdf: electronPrinter((options) => new electron.BrowserWindow(options), RENDERER_DIR),
    firstNotice: launch.notice ?? (await removeTelemetryRemains()),
    log,
  })
  const { supervisor, hub, lock, api } = host
  if (launch.named) keepChoice(settings, launch.request, log)
  guardNavigation(app)
  guardSession(electron.session.defaultSession)
  serveApp(electron.protocol, { root: RENDERER_DIR, api })
  keepAwake(supervisor, electron.powerSaveBlocker)
  followAutostart(app, settings, launch.kiosk ? ['--kiosk'] : [])

  let window: BrowserWindow | undefined
  const menus = setUpMenus(electron, isKiosk, lock, {
    show: () => {
      window?.show()
    },
    // Asked again: a menu that is open stays as it was when the kiosk locks itself.
    stop: () => {
      if (!lock.locked) supervisor.stop()
    },
    quit: () => {
      if (!lock.locked) app.quit()
    },
  })
  settings.subscribe(() => {
    window?.setKiosk(isKiosk())
  })
  // Every change of the settings is one of the lock's, too.
  lock.subscribe(menus.refresh)
  const port = connectWindow({
    ipcMain: electron.ipcMain,
    hub,
    contents: () => window?.webContents,
    onLanguage: menus.speak,
    onBreach: (reason) => {
      log.warn({ reason }, 'the screen said what it never says')
    },
  })
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore()
    window?.show()
    window?.focus()
  })
  app.on('window-all-closed', () => {
    app.quit()
  })
  endWith(app, async () => {
    port.leave()
    await host[Symbol.asyncDispose]()
  })
  await openWindow({
    make: (options) => {
      window = new electron.BrowserWindow(options)
      healPage(window.webContents, log, MACHINE_CLOCK)
      holdWindow(app, window, lock)
      return window
    },
    screen: electron.screen,
    kiosk: isKiosk(),
    preload: PRELOAD,
    icon: APP_ICON,
    dataDir: folder,
  })
}

/** Quits when all is put away: what was recorded is on the disk, and no process is left. */
function endWith(app: Electron.App, putAway: () => Promise<void>): void {
  let away = false
  app.on('will-quit', (event) => {
    if (away) return
    event.preventDefault()
    void putAway().finally(() => {
      away = true
      app.quit()
    })
  })
}

/** @returns what to call with the language of the screen, and when a kiosk begins or ends */
function setUpMenus(
  { Menu, Tray, nativeImage }: ElectronParts,
  isKiosk: () => boolean,
  lock: Pick<Lock, 'locked'>,
  actions: MenuActions,
): { readonly speak: (language: Language) => void; readonly refresh: () => void } {
  const icon = nativeImage.createFromPath(APP_ICON)
  const tray = new Tray(icon.resize({ width: TRAY_PIXELS, height: TRAY_PIXELS }))
  tray.on('click', actions.show)
  let words = WORDS.en
  const refresh = (): void => {
    setMenuBar(Menu, words, { kiosk: isKiosk(), platform: process.platform })
    setTrayMenu(Menu, tray, words, { ...actions, locked: lock.locked })
  }
  refresh()
  return {
    speak: (language) => {
      words = WORDS[language]
      refresh()
    },
    refresh,
  }
}

/** For the next start, which nobody may be there to choose for. */
function keepChoice(settings: SettingsStore, request: DriveRequest, log: Logger): void {
  settings.update({ watch: choiceOf(request) }).catch((thrown: unknown) => {
    log.warn(thrown, 'what is watched is not kept for the next start')
  })
}

function followAutostart(
  app: Electron.App,
  settings: SettingsStore,
  args: readonly string[],
): void {
  let done = settings.current.autostart
  settings.subscribe(({ autostart }) => {
    if (autostart === done) return
    done = autostart
    setAutostart(autostart, {
      app,
      platform: process.platform,
      configHome: process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config'),
      program: process.env['APPIMAGE'] ?? app.getPath('exe'),
      args,
    })
  })
}

function nodeOf(app: Electron.App): string {
  const { env, platform, resourcesPath } = process
  return findNode({ packaged: app.isPackaged, resourcesPath, env, platform })
}
