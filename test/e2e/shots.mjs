/** `npm run shots -- FOLDER [FILTER]`: a picture of every view and state of the screen. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cabinPicture, openBrowser, openStage } from './support/stage.mjs'
import { FakeArchive } from '../support/archive/fakeArchive.mjs'
import { SCENES } from './support/reviewScenes.mjs'
import { STATES } from './support/story.mjs'

const [folder = 'shots', filter = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const SIZES = [
  [1280, 800],
  [1920, 1080],
  [800, 480],
  [390, 844],
]

/** Dialogs, and what is pressed for them. */
const KEYS = {
  choose: ['s'],
  settings: ['e'],
  installation: ['e'],
  help: ['?'],
  unlock: ['e', '1', '2', '3'],
  wrong: ['e', '1', '2', '3', '4', 'Enter'],
}

const { context, close } = await openBrowser()
const jpeg = await cabinPicture(context)

for (const view of ['monitor', 'driver']) {
  for (const state of [...Object.keys(STATES), 'idle', 'lost', ...Object.keys(KEYS)]) {
    if (view === 'driver' && [...Object.keys(KEYS), 'notice'].includes(state)) continue
    for (const theme of ['night', 'day']) {
      for (const lang of ['en', 'zh']) {
        for (const [width = 0, height = 0] of SIZES) {
          const name = `${view}-${state}-${theme}-${lang}-${width}`
          if (!new RegExp(filter).test(name)) continue
          await shoot({ view, state, theme, lang, width, height, name })
        }
      }
    }
  }
}

for (const scene of Object.keys(SCENES)) {
  for (const theme of ['night', 'day']) {
    for (const lang of ['en', 'zh']) {
      for (const [width = 0, height = 0] of SIZES) {
        const name = `review-${scene}-${theme}-${lang}-${width}`
        if (!new RegExp(filter).test(name)) continue
        await shootReview({ scene, theme, lang, width, height, name })
      }
    }
  }
}
await close()

/**
 * @param {{ scene: string, theme: string, lang: string, width: number, height: number, name: string }} shot
 */
async function shootReview({ scene, theme, lang, width, height, name }) {
  const { archive = {}, go, live } = SCENES[scene] ?? {}
  const stage = await openStage({
    idle: live === undefined,
    archive: new FakeArchive({ jpeg, ...archive }),
  })
  const page = await context.newPage()
  await page.setViewportSize({ width, height })
  page.on('console', (message) => {
    const { url } = message.location()
    if (message.type() === 'error' && !url.includes('/picture')) {
      console.error(`${name}: ${message.text()} ${url}`)
    }
  })
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
  await page.goto(`${stage.link}&view=review&theme=${theme}&lang=${lang}`)
  await page.locator('.drive-row:not(.head) b, .empty').first().waitFor()
  await go?.(page)
  stage.puppet.say(live?.() ?? [])
  await page.evaluate('document.fonts.ready.then(() => true)')
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
  await stage.close()
}

/**
 * @param {{ view: string, state: string, theme: string, lang: string, width: number, height: number, name: string }} shot
 */
async function shoot({ view, state, theme, lang, width, height, name }) {
  const locked = state === 'unlock' || state === 'wrong'
  const settings = { kiosk: locked, pin: '2468', labels: { driver: 'Li Wei' } }
  const stage = await openStage({ idle: state === 'idle', settings, canAutostart: true })
  const page = await context.newPage()
  await page.setViewportSize({ width, height })
  page.on('console', (message) => {
    if (message.type() === 'error' && state !== 'lost') console.error(`${name}: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
  await page.goto(`${stage.link}&view=${view}&theme=${theme}&lang=${lang}`)
  // A kiosk opens with the view for the driver.
  if (locked && view === 'monitor') await page.locator('.exit').click()
  if (state !== 'idle') await stage.puppet.asked('start')
  if (view === 'monitor') await stage.puppet.asked('pictures')
  const events = STATES[state] ?? STATES['safe']
  if (state !== 'idle' && events !== undefined) {
    stage.puppet.say(events())
    stage.puppet.say([{ type: 'picture', seq: 1, tMs: 62_000, width: 640, height: 480, jpeg }])
  }
  const keys = /** @type {Readonly<Record<string, readonly string[]>>} */ (KEYS)[state] ?? []
  for (const key of keys) await page.keyboard.press(key)
  if (state === 'installation') {
    await page.locator('dialog').evaluate('(dialog) => dialog.scrollTo(0, dialog.scrollHeight)')
  }
  if (state === 'lost') await stage.close()
  await page.evaluate('document.fonts.ready.then(() => true)')
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
  if (state !== 'lost') await stage.close()
}
