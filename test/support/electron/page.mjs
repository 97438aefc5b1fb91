/**
 * A Chromium page that takes itself for a window of Electron: `app:` is answered by a handler, the
 * preload runs before the page, and messages go to and fro.
 */

import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { CHROMIUM, FLAGS } from '../chromium.mjs'

/** Chromium knows no `app:` without Electron; this name is never looked up, its requests are answered here. */
const STAND_IN_ORIGIN = 'https://roadward.test'
const APP_ORIGIN = 'app://roadward'

/** Runs in the page, before its own scripts: Electron's half of the preload's world. */
function preloadWorld() {
  /** @type {Map<string, ((event: object, ...args: unknown[]) => void)[]>} */
  const listeners = new Map()
  /** @type {any} */
  const world = globalThis
  const ipcRenderer = {
    /** @param {string} channel @param {unknown[]} args */
    send: (channel, ...args) => {
      world.standInSend(channel, ...args)
    },
    /** @param {string} channel @param {(event: object, ...args: unknown[]) => void} listener */
    on: (channel, listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    /** @param {string} channel */
    removeAllListeners: (channel) => {
      listeners.delete(channel)
      return ipcRenderer
    },
  }
  const contextBridge = {
    /** @param {string} name @param {object} api */
    exposeInMainWorld: (name, api) => {
      world[name] = api
    },
  }
  world.standInDeliver = (
    /** @type {string} */ channel,
    /** @type {string} */ value,
    /** @type {boolean} */ binary,
  ) => {
    const arg = binary ? Uint8Array.from(atob(value), (byte) => byte.charCodeAt(0)) : value
    for (const listener of listeners.get(channel) ?? []) listener({}, arg)
  }
  return { contextBridge, ipcRenderer }
}

/**
 * @param {object} options
 * @param {string} options.profile
 * @param {number} options.debugPort for the test, which looks at the same page
 * @param {string | undefined} options.preload
 * @param {() => ((request: Request) => Promise<Response>) | undefined} options.handler
 * @param {(url: string, channel: string, args: unknown[]) => void} options.onMessage
 */
export async function openAppPage({ profile, debugPort, preload, handler, onMessage }) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: [...FLAGS, `--remote-debugging-port=${debugPort}`],
    headless: true,
    bypassCSP: false,
  })
  await context.route(`${STAND_IN_ORIGIN}/**`, async (route) => {
    const asked = route.request()
    const body = asked.postDataBuffer()
    const url = asked.url().replace(STAND_IN_ORIGIN, APP_ORIGIN)
    const init = { method: asked.method(), headers: asked.headers() }
    const request = new Request(
      url,
      body === null ? init : { ...init, body: Uint8Array.from(body) },
    )
    const response = await handler()?.(request)
    if (response === undefined) return route.abort()
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  })
  await context.exposeBinding('standInSend', ({ frame }, channel, ...args) => {
    onMessage(frame.url().replace(STAND_IN_ORIGIN, APP_ORIGIN), String(channel), args)
  })
  if (preload !== undefined) {
    // As text: the policy of the page forbids making functions of it later.
    const source = readFileSync(preload, 'utf8')
    await context.addInitScript(`(() => {
    const electron = (${preloadWorld.toString()})()
    const require = () => electron
    ${source}
  })()`)
  }
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    page,
    /** @param {string} url */
    load: (url) => page.goto(url.replace(APP_ORIGIN, STAND_IN_ORIGIN)),
    /** @param {string} channel @param {unknown} value text, or bytes */
    deliver: async (channel, value) => {
      const binary = value instanceof Uint8Array
      const text = binary ? Buffer.from(value).toString('base64') : String(value)
      await page
        .evaluate(([to, what, bytes]) => {
          // @ts-expect-error a name of ours in the page
          globalThis.standInDeliver(to, what, bytes)
        }, /** @type {const} */ ([channel, text, binary]))
        // The page may be on its way to another document.
        .catch(() => undefined)
    },
    close: () => context.close(),
  }
}
