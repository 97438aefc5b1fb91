/** `npm run shots -- FOLDER [FILTER]`: a picture of every view and state of the screen. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cabinPicture, openBrowser, openStage } from './support/stage.mjs'
import { STATES } from './support/story.mjs'

const [folder = 'shots', filter = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })

const SIZES = [
  [1280, 800],
  [1920, 1080],
  [800, 480],
]

const { context, close } = await openBrowser()
const jpeg = await cabinPicture(context)

for (const view of ['drive', 'driver']) {
  for (const state of [...Object.keys(STATES), 'idle', 'lost', 'choose', 'settings', 'help']) {
    if (view === 'driver' && ['choose', 'settings', 'help', 'notice'].includes(state)) continue
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
await close()

/**
 * @param {{ view: string, state: string, theme: string, lang: string, width: number, height: number, name: string }} shot
 */
async function shoot({ view, state, theme, lang, width, height, name }) {
  const stage = await openStage({ idle: state === 'idle' })
  const page = await context.newPage()
  await page.setViewportSize({ width, height })
  page.on('console', (message) => {
    if (message.type() === 'error' && state !== 'lost') console.error(`${name}: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
  await page.goto(`${stage.link}&view=${view}&theme=${theme}&lang=${lang}`)
  if (state !== 'idle') await stage.puppet.asked('start')
  if (view === 'drive') await stage.puppet.asked('pictures')
  const events = STATES[state] ?? STATES['safe']
  if (state !== 'idle' && events !== undefined) {
    stage.puppet.say(events())
    stage.puppet.say([{ type: 'picture', seq: 1, tMs: 62_000, width: 640, height: 480, jpeg }])
  }
  if (['choose', 'settings', 'help'].includes(state)) {
    await page.keyboard.press({ choose: 's', settings: 'e', help: '?' }[state] ?? '')
  }
  if (state === 'lost') await stage.close()
  await page.evaluate('document.fonts.ready.then(() => true)')
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
  if (state !== 'lost') await stage.close()
}
