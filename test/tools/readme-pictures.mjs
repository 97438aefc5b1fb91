/**
 * The pictures of README: `npm run pictures`. The real screen over the real engine on the demo
 * drive: by night, under a warning, the driver's view, and the review of an alert with its heat map.
 */

import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { openBrowser } from '../e2e/support/stage.mjs'

/** @param {string} path relative to the top of the repository */
const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const LAUNCHER = at('electron/setup/roadward.mjs')
const DRIVE = at('assets/demo/drive.mp4')
const FOLDER = at('assets/screens')
const data = mkdtempSync(join(tmpdir(), 'roadward-pictures-'))
mkdirSync(FOLDER, { recursive: true })

const { context, close } = await openBrowser()
await live('monitor', 'monitor', 'night', '#state.severity-safe')
await live('warning', 'monitor', 'day', '.alert.severity-warning')
await live('driver', 'driver', 'night', '.driver.severity-safe')
const replayed = spawnSync(
  process.execPath,
  [LAUNCHER, 'replay', DRIVE, '--ensemble', 'demo', '--out', data, '--driver', 'Demo'],
  { stdio: 'inherit' },
)
if (replayed.status !== 0) throw new Error('the demo drive could not be analysed')
await review()
await close()
rmSync(data, { recursive: true, force: true })

/** @param {string[]} args @returns {Promise<{ link: string, end: () => Promise<void> }>} */
async function serve(...args) {
  const child = spawn(process.execPath, [LAUNCHER, 'serve', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /^Roadward: (\S+)$/.exec(line)?.[1]
    if (link === undefined) continue
    const end = async () => {
      child.kill('SIGINT')
      await gone
    }
    return { link, end }
  }
  throw new Error('serve ended without a link')
}

async function openPage() {
  const page = await context.newPage()
  await page.setViewportSize({ width: 1280, height: 800 })
  return page
}

/** @param {import('playwright-core').Page} page @param {string} name */
async function shoot(page, name) {
  await page.evaluate('document.fonts.ready.then(() => true)')
  await page.screenshot({ path: join(FOLDER, `${name}.jpg`), type: 'jpeg', quality: 82 })
  await page.close()
}

/**
 * @param {string} name
 * @param {string} view
 * @param {string} theme
 * @param {string} wanted what must be on the screen
 */
async function live(name, view, theme, wanted) {
  const { link, end } = await serve('--source', DRIVE, '--ensemble', 'demo')
  const page = await openPage()
  await page.goto(`${link}&view=${view}&theme=${theme}&lang=en`)
  await page.locator(wanted).first().waitFor({ timeout: 60_000 })
  // A picture has come, and the history has something to show.
  await page.waitForTimeout(1500)
  await shoot(page, name)
  await end()
}

async function review() {
  const { link, end } = await serve()
  const page = await openPage()
  await page.goto(`${link}&view=review&theme=night&lang=en`)
  await page.locator('#drive-row-0').click()
  await page.locator('.chart canvas').waitFor()
  await page.keyboard.press('n')
  await page.locator('.event-detail').waitFor()
  await page.keyboard.press('i')
  await page.keyboard.press('h')
  await page.locator('.heat-legend').waitFor({ timeout: 60_000 })
  await page.waitForTimeout(4000)
  await shoot(page, 'review')
  await end()
}
