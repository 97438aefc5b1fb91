import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../support/build.ts'
import { ensureRendererBuilt } from '../support/renderer.ts'
import { CHROMIUM } from '../support/chromium.mjs'
import { objections } from './support/axe.ts'
import { openBrowser, openStage } from './support/stage.mjs'
import { STATES } from './support/story.mjs'

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`

describe.skipIf(skip !== false)(`the screens${skip ? ` (skipped: ${skip})` : ''}`, () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>

  beforeAll(async () => {
    await ensureBuilt()
    await ensureRendererBuilt()
    browser = await openBrowser()
  }, 120_000)

  afterAll(() => browser.close())

  async function open(view: string, theme: string, lang: string, state: string) {
    const stage = await openStage()
    const page = await browser.context.newPage()
    await page.goto(`${stage.link}&view=${view}&theme=${theme}&lang=${lang}`)
    await stage.puppet.asked('start')
    stage.puppet.say(STATES[state]?.() ?? [])
    return { stage, page }
  }

  it.each([
    ['monitor', 'night', 'en', 'texting', 'Texting, right'],
    ['monitor', 'day', 'zh', 'warning', '请放下手机'],
    ['monitor', 'day', 'en', 'blind', 'Not monitoring'],
    ['driver', 'night', 'zh', 'safe', '专心驾驶'],
    ['driver', 'day', 'en', 'unsure', 'Unsure'],
    ['driver', 'night', 'en', 'critical', 'Eyes up!'],
  ])('%s by %s in %s, %s, has nothing that axe objects to', async (...which) => {
    const [view, theme, lang, state, words] = which
    const { stage, page } = await open(view, theme, lang, state)
    await page.getByText(words).first().waitFor()
    expect(await objections(page)).toEqual([])
    await page.close()
    await stage.close()
  })

  it('opens and closes dialogs by key, and starts what was chosen', async () => {
    const { stage, page } = await open('monitor', 'night', 'en', 'safe')
    await page.getByText('Driving well').first().waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    // The platform closes a dialog a moment before React hears of it, and takes it out of the page.
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('s')
    const dialog = page.getByRole('dialog', { name: 'What to watch' })
    await dialog.getByRole('radio', { name: /Demo drive/ }).click()
    await dialog.getByRole('radio', { name: /Fleet coach/ }).click()
    await dialog.getByRole('button', { name: 'Start' }).click()
    await page
      .getByRole('button', { name: /Choose source/ })
      .getByText('drive.mp4')
      .waitFor()
    expect(stage.puppet.calls.filter((call) => call === 'start')).toHaveLength(2)
    await page.close()
    await stage.close()
  })
})
