import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../support/build.ts'
import { CHROMIUM } from '../support/chromium.mjs'
import { pictureFolder } from '../support/pictures.ts'
import { ensureRendererBuilt } from '../support/renderer.ts'
import { objections } from './support/axe.ts'
import { Served } from './support/served.ts'
import { openBrowser, openStage } from './support/stage.mjs'
import { STATES } from './support/story.mjs'

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`

describe.skipIf(skip !== false)(
  `a recording in a browser${skip ? ` (skipped: ${skip})` : ''}`,
  () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    let served: Served | undefined

    beforeAll(async () => {
      await ensureBuilt()
      await ensureRendererBuilt()
      browser = await openBrowser()
    }, 180_000)

    afterEach(async () => {
      await Promise.all(browser.context.pages().map((page) => page.close()))
      served?.interrupt()
      await served?.ended
      served = undefined
    })

    afterAll(() => browser.close())

    const position = (page: Page) => page.getByRole('slider', { name: 'Position' })
    const positionMs = async (page: Page) =>
      Number(await position(page).getAttribute('aria-valuenow'))

    it('is paused, stepped, moved and played to its end, by hand and by key', async () => {
      // A minute of texting: an alert is up from second 1.5 on.
      served = new Served(
        '--source',
        await pictureFolder(Array.from({ length: 600 }, () => 'c1' as const)),
      )
      const page = await browser.context.newPage()
      await page.goto(`${await served.link}&lang=en&theme=night&view=monitor`)
      await page.getByRole('alert').waitFor()
      await page.getByRole('button', { name: 'Pause' }).click()
      await page.getByRole('heading', { name: 'Paused' }).waitFor()
      // Nobody is watched: no alert claims it.
      await page.getByRole('alert').waitFor({ state: 'detached' })
      // To a place that is known: the frame that was under way at the pause is still to come.
      await position(page).press('Home')
      await page.locator('.tag b', { hasText: '0:00' }).waitFor()
      await expect.poll(() => positionMs(page)).toBe(0)
      await page.getByRole('button', { name: 'One frame on' }).click()
      await expect.poll(() => positionMs(page)).toBe(100)
      await page.getByRole('button', { name: 'One frame on' }).click()
      await expect.poll(() => positionMs(page)).toBe(200)
      await page.keyboard.press(',')
      await expect.poll(() => positionMs(page)).toBe(100)
      await page.keyboard.press('ArrowRight')
      await expect.poll(() => positionMs(page)).toBe(5100)
      await position(page).press('Home')
      await expect.poll(() => positionMs(page)).toBe(0)
      // By key, while the slider has the focus.
      await page.keyboard.press('>')
      await page.keyboard.press('>')
      await page.keyboard.press('>')
      await expect.poll(() => page.getByLabel('Speed').inputValue()).toBe('8')
      await position(page).press('End')
      // The last frame, or the end that was asked for until it is shown.
      await expect.poll(() => positionMs(page)).toBeGreaterThanOrEqual(59_900)
      await page.keyboard.press('k')
      await page.getByRole('heading', { name: 'Drive ended' }).first().waitFor()
      await page.getByRole('button', { name: 'Watch again' }).first().click()
      await page.getByRole('button', { name: 'Pause' }).waitFor()
    }, 90_000)

    it('has no controls where the source is live', async () => {
      const stage = await openStage()
      const page = await browser.context.newPage()
      await page.goto(`${stage.link}&lang=en&view=monitor`)
      await stage.puppet.asked('start')
      stage.puppet.say(STATES['safe']?.() ?? [])
      await page.getByText('Driving well').first().waitFor()
      expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0)
      await page.keyboard.press('k')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
      expect(stage.puppet.calls).not.toContain('pause')
      await page.close()
      await stage.close()
    })

    it.each([
      ['night', 'en', 'paused', 'Paused'],
      ['day', 'zh', 'paused', '已暂停'],
      ['day', 'en', 'end', 'Drive ended'],
      ['night', 'zh', 'playing', '专心驾驶'],
    ])('by %s in %s, %s, has nothing that axe objects to', async (...which) => {
      const [theme, lang, state, words] = which
      const stage = await openStage()
      const page = await browser.context.newPage()
      await page.goto(`${stage.link}&view=monitor&theme=${theme}&lang=${lang}`)
      await stage.puppet.asked('start')
      stage.puppet.say(STATES[state]?.() ?? [])
      await page.getByText(words).first().waitFor()
      expect(await objections(page)).toEqual([])
      await page.close()
      await stage.close()
    })
  },
)
