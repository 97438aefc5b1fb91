import { EventEmitter } from 'node:events'
import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openAppPage } from './page.mjs'

/**
 * What the windows share with the rest of the stand-in.
 * @typedef {object} Stage
 * @property {number} debugPort
 * @property {(() => ((request: Request) => Promise<Response>) | undefined)} handler
 * @property {(sender: WebContents, url: string, channel: string, args: unknown[]) => void} onMessage
 * @property {(contents: WebContents) => void} onContents
 * @property {() => void} onAllClosed
 */

/** A page of Chromium with the part of Electron's interface that Roadward uses. */
export class WebContents extends EventEmitter {
  /** @type {Awaited<ReturnType<typeof openAppPage>> | undefined} */
  #page
  #destroyed = false
  #url = ''
  /** Answers of the handlers that guard the page, for the test. */
  windowOpenHandler = () => ({ action: 'allow' })

  /** @param {() => Promise<Awaited<ReturnType<typeof openAppPage>>>} open */
  constructor(open) {
    super()
    this.open = open
  }

  /** @param {() => { action: string }} handler */
  setWindowOpenHandler(handler) {
    this.windowOpenHandler = handler
  }

  /** @param {string} url */
  async load(url) {
    this.#url = url
    this.#page ??= await this.open()
    await this.#page.load(url)
  }

  reload() {
    void this.load(this.#url)
  }

  forcefullyCrashRenderer() {
    void this.crash()
  }

  /** Ends the page's own process, as a fault in it would. */
  async crash() {
    const page = this.#page?.page
    const session = await page?.context().newCDPSession(page)
    // Never answered: the page is gone.
    void session?.send('Page.crash').catch(() => undefined)
    await new Promise((resolve) => page?.once('crash', () => resolve(undefined)))
    // A crashed page of Playwright stays crashed; Electron's loads again in place.
    const before = this.#page
    this.#page = undefined
    await before?.close()
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
  }

  /** @param {string} channel @param {unknown} value */
  send(channel, value) {
    void this.#page?.deliver(channel, value)
  }

  /** @param {string} code */
  executeJavaScript(code) {
    return this.#page?.page.evaluate(code)
  }

  /** @param {{ pageSize: 'A4', printBackground: boolean }} options */
  printToPDF({ pageSize, printBackground }) {
    return this.#page?.page.pdf({ format: pageSize, printBackground })
  }

  isDestroyed() {
    return this.#destroyed
  }

  async destroy() {
    this.#destroyed = true
    await this.#page?.close()
  }
}

/** @param {Stage} stage */
export function browserWindowOn(stage) {
  return class BrowserWindow extends EventEmitter {
    shown = false
    focused = false
    #kiosk
    #destroyed = false
    #profile = mkdtempSync(join(tmpdir(), 'roadward-window-'))

    /** @param {import('electron').BrowserWindowConstructorOptions} options */
    constructor(options) {
      super()
      this.options = options
      this.#kiosk = options.kiosk === true
      /** @type {WebContents} */
      this.webContents = new WebContents(() =>
        openAppPage({
          profile: this.#profile,
          // Only the window of the app is looked at by the test.
          debugPort: options.webPreferences?.preload === undefined ? 0 : stage.debugPort,
          preload: options.webPreferences?.preload,
          handler: stage.handler,
          onMessage: (url, channel, args) => {
            stage.onMessage(this.webContents, url, channel, args)
          },
        }),
      )
      stage.onContents(this.webContents)
    }

    /** @param {string} url */
    async loadURL(url) {
      await this.webContents.load(url)
      this.emit('ready-to-show')
    }

    /** @param {string} file */
    loadFile(file) {
      return this.loadURL(pathToFileURL(file).href)
    }

    show() {
      this.shown = true
    }

    focus() {
      this.focused = true
    }

    isKiosk() {
      return this.#kiosk
    }

    /** @param {boolean} kiosk */
    setKiosk(kiosk) {
      this.#kiosk = kiosk
    }

    isMaximized() {
      return false
    }

    isMinimized() {
      return !this.shown
    }

    restore() {
      this.shown = true
    }

    maximize() {
      this.shown = true
    }

    center() {
      this.focused = true
    }

    getBounds() {
      return { x: 0, y: 0, width: this.options.width ?? 800, height: this.options.height ?? 600 }
    }

    getNormalBounds() {
      return this.getBounds()
    }

    isDestroyed() {
      return this.#destroyed
    }

    destroy() {
      this.#destroyed = true
      void this.webContents.destroy().finally(() => {
        rmSync(this.#profile, { recursive: true, force: true })
      })
    }

    async close() {
      this.emit('close', {})
      this.#destroyed = true
      await this.webContents.destroy()
      rmSync(this.#profile, { recursive: true, force: true })
      this.emit('closed')
      stage.onAllClosed()
    }
  }
}
