/**
 * Stands for `electron` where its binary cannot be had: the part of it that Roadward uses, with a
 * page of the real Chromium as the window. The test drives it by messages (`commands`).
 */

import { EventEmitter } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { browserWindowOn } from './window.mjs'

/** @typedef {import('electron')} Electron */

const debugPort = Number(process.env['STAND_IN_DEBUG_PORT'])
/** Of a package; without it the app runs as a clone. */
const resources = process.env['STAND_IN_RESOURCES']
if (resources !== undefined) {
  Object.assign(process, { resourcesPath: resources })
  // A package is a program of its own, and no argument of Node.
  process.argv.splice(1, 1)
}
const home = mkdtempSync(join(tmpdir(), 'roadward-home-'))

/** What the app did to Electron, for the test. */
const done = {
  schemes: /** @type {string[]} */ ([]),
  sandboxed: false,
  switches: /** @type {string[]} */ ([]),
  blockers: 0,
  errors: /** @type {string[]} */ ([]),
  menuLabels: /** @type {string[]} */ ([]),
  trayLabels: /** @type {string[]} */ ([]),
}

/** @type {((request: Request) => Promise<Response>) | undefined} */
let handler
/** @type {InstanceType<typeof BrowserWindow> | undefined} */
let window
/** @type {Record<string, (() => void) | undefined>} */
let trayActions = {}

const ipcMain = new EventEmitter()

const app = Object.assign(new EventEmitter(), {
  isPackaged: resources !== undefined,
  requestSingleInstanceLock: () => process.env['STAND_IN_SECOND'] === undefined,
  whenReady: () => Promise.resolve(),
  commandLine: {
    /** @param {string} name */
    appendSwitch: (name) => {
      done.switches.push(name)
    },
  },
  enableSandbox: () => {
    done.sandboxed = true
  },
  /** @param {string} name */
  getPath: (name) => join(home, name),
  setLoginItemSettings: () => undefined,
  quit: () => {
    void quit()
  },
  /** @param {number} code */
  exit: (code) => process.exit(code),
})

/** As Electron: windows first, then `will-quit`, which may put it off. */
async function quit() {
  app.emit('before-quit', {})
  if (window !== undefined && !window.isDestroyed()) await window.close()
  let prevented = false
  const preventDefault = () => {
    prevented = true
  }
  app.emit('will-quit', { preventDefault })
  if (!prevented) process.disconnect()
}

class BrowserWindow extends browserWindowOn({
  debugPort,
  handler: () => handler,
  onMessage: (sender, url, channel, args) => {
    ipcMain.emit(channel, { sender, senderFrame: { url, parent: null } }, ...args)
  },
  onContents: (contents) => {
    app.emit('web-contents-created', {}, contents)
  },
  onAllClosed: () => undefined,
}) {
  /** @param {import('electron').BrowserWindowConstructorOptions} options */
  constructor(options) {
    super(options)
    // The first is the app's; others print.
    window ??= this
  }
}

/** @param {import('electron').MenuItemConstructorOptions[]} template */
function labels(template) {
  return template.flatMap(({ label }) => (label === undefined ? [] : [label]))
}

const Menu = {
  /** @param {import('electron').MenuItemConstructorOptions[]} template */
  buildFromTemplate: (template) => ({ template }),
  /** @param {{ template: import('electron').MenuItemConstructorOptions[] } | null} menu */
  setApplicationMenu: (menu) => {
    done.menuLabels = labels(menu?.template ?? [])
  },
}

class Tray extends EventEmitter {
  setToolTip() {
    return undefined
  }

  /** @param {{ template: import('electron').MenuItemConstructorOptions[] }} menu */
  setContextMenu({ template }) {
    done.trayLabels = labels(template)
    trayActions = Object.fromEntries(
      template.map(({ label = '', click }) => [
        label,
        () => click?.(/** @type {any} */ ({}), undefined, /** @type {any} */ ({})),
      ]),
    )
  }
}

const image = { resize: () => image }

const standIn = {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  Tray,
  nativeImage: { createFromPath: () => image },
  powerSaveBlocker: {
    start: () => {
      done.blockers += 1
      return 1
    },
    stop: () => {
      done.blockers -= 1
    },
  },
  protocol: {
    /** @param {{ scheme: string }[]} schemes */
    registerSchemesAsPrivileged: (schemes) => {
      done.schemes = schemes.map(({ scheme }) => scheme)
    },
    /** @param {string} _scheme @param {(request: Request) => Promise<Response>} answer */
    handle: (_scheme, answer) => {
      handler = answer
    },
  },
  screen: Object.assign(new EventEmitter(), {
    getAllDisplays: () => {
      const area = { x: 0, y: 0, width: 1920, height: 1080 }
      return [{ bounds: area, workArea: area }]
    },
  }),
  session: {
    defaultSession: {
      webRequest: { onBeforeRequest: () => undefined },
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
    },
  },
  dialog: {
    /** @param {string} title @param {string} text */
    showErrorBox: (title, text) => {
      done.errors.push(`${title}: ${text}`)
      process.stderr.write(`${text}\n`)
    },
  },
}

/** @type {Record<string, (argument: string) => unknown>} */
const commands = {
  state: () => ({
    ...done,
    windows: window === undefined || window.isDestroyed() ? 0 : 1,
    shown: window?.shown,
    focused: window?.focused,
    kiosk: window?.isKiosk(),
    webPreferences: window?.options.webPreferences,
    windowOpen: window?.webContents.windowOpenHandler().action,
  }),
  /** @param {string} url @returns whether the page may go there */
  navigate: (url) => {
    let prevented = false
    const preventDefault = () => {
      prevented = true
    }
    window?.webContents.emit('will-navigate', { url, preventDefault })
    return !prevented
  },
  /** @param {string} text said by a frame of somebody else */
  strangeFrame: (text) =>
    ipcMain.emit(
      'roadward:send',
      { sender: window?.webContents, senderFrame: { url: 'https://evil.example/', parent: null } },
      text,
    ),
  crashPage: () => window?.webContents.crash(),
  secondInstance: () => app.emit('second-instance', {}, [], ''),
  /** @param {string} label */
  tray: (label) => trayActions[label]?.(),
  closeWindow: async () => {
    await window?.close()
    app.emit('window-all-closed')
  },
}

process.on('message', (/** @type {{ id: number, command: string, argument: string }} */ asked) => {
  void (async () => {
    const answer = await commands[asked.command]?.(asked.argument)
    if (process.connected) process.send?.({ id: asked.id, answer })
  })()
})

// The names and shapes are Electron's own, as far as they go; `as any` would hide a typo.
/** @satisfies {Partial<Record<keyof Electron, unknown>>} */
const electron = standIn

export default electron
