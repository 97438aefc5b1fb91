import path from 'node:path'
import type { BrowserWindow, BrowserWindowConstructorOptions, Screen } from 'electron'
import { APP_ORIGIN } from '../../contract/bridge.ts'
import { keepWindowState, readWindowState } from './windowState.ts'

export interface WindowParts {
  readonly make: (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly screen: Pick<Screen, 'getAllDisplays' | 'on'>
  readonly kiosk: boolean
  readonly preload: string
  readonly icon: string
  /** Where the place of the window is kept. */
  readonly dataDir: string
}

/** The smallest screen that the views are made for. */
const SMALLEST = { width: 800, height: 480 } as const
const USUAL = { width: 1280, height: 800 } as const

/** The first colour on screen, before the page is there: that of the night theme. */
const BACKGROUND = '#0a0d11'

/** The one window; its page is a stranger to Node. */
export async function openWindow(parts: WindowParts): Promise<BrowserWindow> {
  const { kiosk, screen, dataDir } = parts
  const file = path.join(dataDir, 'window.json')
  const state = kiosk ? undefined : readWindowState(file, screen)
  const { x, y, width, height } = state ?? { ...USUAL, x: undefined, y: undefined }
  const window = parts.make({
    width,
    height,
    ...(x === undefined ? {} : { x, y }),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    kiosk,
    autoHideMenuBar: true,
    backgroundColor: BACKGROUND,
    icon: parts.icon,
    title: 'Roadward',
    webPreferences: {
      preload: parts.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // The monitor goes on behind other windows, and so must its alerts.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
      spellcheck: false,
    },
  })
  if (state?.maximised === true) window.maximize()
  keepWindowState(file, window)
  window.once('ready-to-show', () => {
    window.show()
  })
  // A display that was unplugged may have taken the window along.
  screen.on('display-removed', () => {
    if (!window.isDestroyed() && !onSomeDisplay(window, screen)) window.center()
  })
  await window.loadURL(`${APP_ORIGIN}/index.html${kiosk ? '?view=driver' : ''}`)
  return window
}

function onSomeDisplay(
  window: Pick<BrowserWindow, 'getBounds'>,
  screen: Pick<Screen, 'getAllDisplays'>,
): boolean {
  const { x, y } = window.getBounds()
  return screen
    .getAllDisplays()
    .some(
      ({ bounds }) =>
        x >= bounds.x &&
        x < bounds.x + bounds.width &&
        y >= bounds.y &&
        y < bounds.y + bounds.height,
    )
}
