import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../support/build.ts'
import { CHROMIUM } from '../support/chromium.mjs'
import { ensureRendererBuilt } from '../support/renderer.ts'
import { objections } from './support/axe.ts'
import { openBrowser, openStage } from './support/stage.mjs'
import { STATES } from './support/story.mjs'

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`

const KIOSK = { kiosk: true, pin: '2468' }

describe.skipIf(skip !== false)(`a kiosk${skip ? ` (skipped: ${skip})` : ''}`, () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>

  beforeAll(async () => {
    await ensureBuilt()
    await ensureRendererBuilt()
    browser = await openBrowser()
  }, 180_000)

  afterAll(() => browser.close())

  async function open(how: Parameters<typeof openStage>[0], query: string, state: string) {
    const stage = await openStage(how)
    const page = await browser.context.newPage()
    await page.goto(`${stage.link}&${query}`)
    await stage.puppet.asked('start')
    stage.puppet.say(STATES[state]?.() ?? [])
    return { stage, page }
  }

  it('shows the view for the driver, asks for the PIN, and locks again', async () => {
    const { stage, page } = await open({ settings: KIOSK }, 'lang=en&theme=day', 'paused')
    await page.locator('.screen.driver').getByText('Paused').waitFor()
    await page.getByRole('button', { name: 'All details' }).click()
    expect(await page.getByRole('button', { name: 'Play', exact: true }).isDisabled()).toBe(true)
    await page.keyboard.press('k')
    await page.keyboard.press('s')
    const pad = page.getByRole('dialog', { name: 'Unlock' })
    for (const digit of '1234') await pad.getByRole('button', { name: digit }).click()
    await pad.getByRole('button', { name: 'Unlock' }).click()
    await pad.getByText('Wrong PIN').waitFor()
    await expect
      .poll(() => pad.getByRole('button', { name: '2', exact: true }).isEnabled())
      .toBe(true)
    await page.keyboard.type('2468')
    await page.keyboard.press('Enter')
    // What was asked for comes behind it.
    const choose = page.getByRole('dialog', { name: 'What to watch' })
    await choose.waitFor()
    await choose.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await stage.puppet.asked('play')
    expect(stage.puppet.calls).not.toContain('pause')
    await page.getByRole('button', { name: 'Lock this screen' }).click()
    await page.getByRole('button', { name: 'Unlock' }).waitFor()
    await page.close()
    await stage.close()
  })

  it('gets its PIN on the screen, entered twice', async () => {
    const { stage, page } = await open({}, 'lang=en&view=monitor', 'safe')
    await page.getByText('Driving well').first().waitFor()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Choose' }).click()
    for (const pin of ['1357', '1358', '1357', '1357']) {
      await page.keyboard.type(pin)
      await page.keyboard.press('Enter')
    }
    await dialog.getByText('Locks sources, playback and settings').waitFor()
    await dialog.getByRole('switch', { name: /Kiosk/ }).click()
    await page.getByRole('button', { name: 'Lock this screen' }).waitFor({ state: 'detached' })
    await page.close()
    await stage.close()
  })

  it.each([
    ['night', 'en', 'settings', 'Installation'],
    ['day', 'zh', 'settings', '本机'],
    ['day', 'en', 'unlock', 'Enter the PIN'],
    ['night', 'zh', 'unlock', '请输入密码'],
  ])('by %s in %s, its %s have nothing that axe objects to', async (...which) => {
    const [theme, lang, dialog, words] = which
    const how = dialog === 'unlock' ? { settings: KIOSK } : { settings: { pin: '2468' } }
    const { stage, page } = await open(how, `theme=${theme}&lang=${lang}&view=monitor`, 'safe')
    await page.locator('h1').first().waitFor()
    await page.keyboard.press('e')
    await page.getByText(words).first().waitFor()
    expect(await objections(page)).toEqual([])
    await page.close()
    await stage.close()
  })
})
