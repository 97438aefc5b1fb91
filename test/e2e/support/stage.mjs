/** The real server and screen over a monitor that says what it is told to, in a real browser. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { CHROMIUM, FLAGS } from '../../support/chromium.mjs'
import { Hub } from '../../../dist/app/screens/hub.js'
import { router } from '../../../dist/app/screens/api/router.js'
import { WebServer } from '../../../dist/shells/web/server.js'
import { RENDERER_DIR } from '../../../dist/app/paths.js'
import { Puppet } from '../../support/puppet.mjs'
import { Lock } from '../../../dist/app/settings/lock.js'
import { SettingsStore } from '../../../dist/app/settings/settingsStore.js'
import { PRESETS } from '../../../dist/core/monitor/presets/all.js'

const PRESET = PRESETS[0]
if (PRESET === undefined) throw new Error('no preset')

/** @type {import('../../../electron/contract/web.ts').Catalog} */
const CATALOG = {
  sources: [
    { uri: '/dev/video0', kind: 'camera', name: 'HD Pro Webcam C920' },
    { uri: '/demo/drive.mp4', kind: 'demo', name: 'demo' },
  ],
  ensembles: [
    { id: 'statefarm', directory: '/models/statefarm', title: 'State Farm', folds: 12 },
    { id: 'demo', directory: '/models/demo', title: 'Demo', folds: 2 },
  ],
  presets: [...PRESETS],
}

/** @type {import('../../../electron/contract/monitorApi.ts').DriveRequest} */
const DRIVE = {
  source: { uri: '/dev/video0', options: {} },
  ensemble: { directory: '/models/statefarm', allowBroken: false },
  preset: PRESET,
  speed: 'realtime',
}

/**
 * @param {{ idle?: boolean, archive?: import('../../support/archive/fakeArchive.mjs').FakeArchive, settings?: import('../../../electron/contract/settings.ts').SettingsPatch, canAutostart?: boolean }} [how]
 *   idle: no drive begins by itself; archive: what is there to review; settings of the installation, whose owner has gone
 */
export async function openStage(how = {}) {
  const puppet = new Puppet()
  const data = mkdtempSync(join(tmpdir(), 'roadward-data-'))
  const settings = await SettingsStore.open(data)
  if (how.settings !== undefined) await settings.update(how.settings)
  const lock = new Lock({ settings, canAutostart: how.canAutostart === true })
  const hub = new Hub({
    monitor: puppet,
    lock,
    catalog: () => Promise.resolve(CATALOG),
    initial: how.idle === true ? undefined : DRIVE,
  })
  let link = ''
  const server = new WebServer({
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    root: RENDERER_DIR,
    hub,
    api: router(how.archive?.routes() ?? [], {
      locked: () => lock.locked,
      mayControl: (key) => hub.mayControl(key),
      onFailure: () => undefined,
    }),
    onLink: (url) => (link = url),
  })
  link = await server.listen()
  return {
    puppet,
    /** A link that was not used yet. */
    get link() {
      return link
    },
    async close() {
      await server.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** A browser with a profile of its own; closed with `close()`. */
export async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'roadward-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: FLAGS,
    headless: true,
  })
  return {
    context,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/**
 * A picture for the screen: a drawn dummy, no person.
 * @param {import('playwright-core').BrowserContext} context
 */
export async function cabinPicture(context) {
  const page = await context.newPage()
  await page.setViewportSize({ width: 640, height: 480 })
  const svg = readFileSync(new URL('cabin.svg', import.meta.url), 'utf8')
  await page.setContent(`<style>body{margin:0}svg{width:640px;height:480px}</style>${svg}`)
  const jpeg = await page.screenshot({ type: 'jpeg', quality: 85 })
  await page.close()
  return new Uint8Array(jpeg)
}
