import { existsSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FakeArchive } from '../support/archive/fakeArchive.mjs'
import { ensureBuilt } from '../support/build.ts'
import { CHROMIUM } from '../support/chromium.mjs'
import { ensureRendererBuilt } from '../support/renderer.ts'
import { objections } from './support/axe.ts'
import { openDrive, SCENES } from './support/reviewScenes.mjs'
import { STATES } from './support/story.mjs'
import { cabinPicture, openBrowser, openStage } from './support/stage.mjs'

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`

describe.skipIf(skip !== false)(`the review${skip ? ` (skipped: ${skip})` : ''}`, () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let jpeg: Uint8Array
  let stage: Awaited<ReturnType<typeof openStage>> | undefined
  const errors: string[] = []

  beforeAll(async () => {
    await ensureBuilt()
    await ensureRendererBuilt()
    browser = await openBrowser()
    jpeg = await cabinPicture(browser.context)
  }, 120_000)

  afterEach(async () => {
    await Promise.all(browser.context.pages().map((page) => page.close()))
    await stage?.close()
    stage = undefined
    errors.length = 0
  })

  afterAll(() => browser.close())

  async function open(
    query: string,
    how: Partial<ConstructorParameters<typeof FakeArchive>[0]> = {},
  ): Promise<{ page: Page; archive: FakeArchive }> {
    const archive = new FakeArchive({ jpeg, ...how })
    stage = await openStage({ idle: true, archive })
    const page = await browser.context.newPage()
    page.on('console', (message) => {
      // Pictures that were never kept are told as 404, and so is what the test breaks.
      if (message.type() === 'error' && !message.text().includes('the server responded')) {
        errors.push(message.text())
      }
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${stage.link}&view=review&${query}`)
    await page.locator('.drive-row:not(.head) b, .empty').first().waitFor()
    return { page, archive }
  }

  it.each([
    ['list', 'night', 'en', 1280, 800],
    ['analyses', 'day', 'zh', 800, 480],
    ['empty', 'day', 'en', 1280, 800],
    ['analyse', 'night', 'zh', 1280, 800],
    ['event', 'night', 'en', 1280, 800],
    ['event', 'day', 'zh', 800, 480],
    ['event', 'day', 'en', 1920, 1080],
    ['heat', 'day', 'en', 1280, 800],
    ['what-if', 'night', 'zh', 1280, 800],
    ['what-if', 'day', 'en', 800, 480],
    ['export', 'day', 'zh', 1280, 800],
    ['labels', 'night', 'en', 800, 480],
    ['keys', 'day', 'zh', 1280, 800],
    ['no-pictures', 'night', 'en', 1280, 800],
  ])('%s by %s in %s, %i x %i, has nothing that axe objects to', async (...which) => {
    const [scene, theme, lang, width, height] = which
    const { archive, go } = SCENES[scene] ?? {}
    const { page } = await open(`theme=${theme}&lang=${lang}`, archive)
    await page.setViewportSize({ width, height })
    await go?.(page)
    expect(await objections(page)).toEqual([])
    expect(errors).toEqual([])
  })

  it('is searched, and a drive is opened and left by keyboard alone', async () => {
    const { page } = await open('lang=en&theme=night', { count: 300 })
    await page.getByRole('searchbox').fill('shift-02')
    await page.getByText('100 drives').waitFor()
    // Before its page has come a row is a place, and no drive to open.
    await page.locator('#drive-row-1', { hasText: 'shift-0201.mp4' }).waitFor()
    await page.getByRole('grid').focus()
    await page.keyboard.press('ArrowDown')
    await page.locator('#drive-row-1.selected').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'shift-0201.mp4' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('100 drives').waitFor()
    // The numbers choose a view again.
    await page.getByRole('grid').focus()
    await page.keyboard.press('1')
    await page.getByText('Ready').first().waitFor()
    expect(errors).toEqual([])
  })

  it('shows the newest picture while a hand scrubs, and goes where the keys say', async () => {
    const { page, archive } = await open('lang=en&theme=night')
    await openDrive(page, 0)
    const slider = page.getByRole('slider', { name: 'Position in the drive' })
    const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    const before = archive.calls.length
    await page.mouse.move(box.x + 10, box.y + 10)
    await page.mouse.down()
    for (let move = 0; move <= 60; move += 1) {
      await page.mouse.move(box.x + 10 + move * 10, box.y + 10)
    }
    await page.mouse.up()
    const clock = page.locator('.transport-clock b')
    await expect
      .poll(
        async () => (await slider.getAttribute('aria-valuetext')) === (await clock.textContent()),
      )
      .toBe(true)
    const pictures = archive.calls.slice(before).filter((call) => call.endsWith('/picture'))
    expect(pictures.length).toBeGreaterThan(0)
    expect(pictures.length).toBeLessThan(60)
    await page.keyboard.press('Home')
    for (const shown of ['0:00.1', '0:00.2']) {
      // The next frame is asked for when this one is known.
      await page.keyboard.press('.')
      await page.locator('.stage').getByText(shown).waitFor()
    }
    await page.keyboard.press('n')
    await page.getByRole('heading', { name: 'Drinking' }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    expect(errors).toEqual([])
  })

  it('keeps a decision and a note that cannot be saved, and goes on to the next', async () => {
    const { page, archive } = await open('lang=en&theme=night')
    await openDrive(page, 3)
    await page.keyboard.press('n')
    await page.getByRole('textbox', { name: 'Note' }).fill('a sip of water')
    archive.broken = true
    await page.getByRole('button', { name: 'False alert' }).click()
    await page.getByText('Not saved').waitFor()
    archive.broken = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('a sip of water')
    // A decision by key goes on to the next one that waits.
    await page.getByRole('heading', { name: 'Drinking' }).click()
    await page.keyboard.press('5')
    await page.getByRole('heading', { name: 'Phone, left' }).waitFor()
    expect(archive.calls.filter((call) => call.startsWith('POST /api/events'))).toHaveLength(2)
    expect(errors).toEqual([])
  })

  it('shows at once which alerts another threshold would bring', async () => {
    const { page } = await open('lang=en&theme=night')
    await openDrive(page, 3)
    await page.keyboard.press('w')
    await page.getByRole('combobox', { name: 'B', exact: true }).selectOption('preset:roadward')
    await page.getByText('The same alerts at the same times.').waitFor()
    const knob = page.getByRole('slider', { name: 'Caution Any unsafe activity' })
    await knob.focus()
    for (let press = 0; press < 12; press += 1) await page.keyboard.press('ArrowRight')
    await page.getByText('Roadward, changed').waitFor()
    await page
      .getByText('8 moved')
      .or(page.getByText(/[1-9] (moved|gone)/))
      .first()
      .waitFor()
    expect(errors).toEqual([])
  })

  it('deletes only when asked twice, and never on a screen that only looks', async () => {
    const { page, archive } = await open('lang=en&theme=night')
    await page.getByRole('grid').focus()
    await page.keyboard.press('Delete')
    const dialog = page.getByRole('dialog', { name: 'Delete this drive?' })
    await dialog.getByText('cabin-shift-42.mp4').waitFor()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('4 drives').waitFor()
    expect(archive.calls).toContain('DELETE /api/drives/1')
    const other = await browser.context.newPage()
    await other.goto(`${stage?.link ?? ''}&view=review&lang=en`)
    await other.getByText('4 drives').waitFor()
    expect(await other.getByRole('button', { name: /Analyse/ }).isDisabled()).toBe(true)
  })

  it('makes a bar of the alert of the drive under way, until somebody opens it', async () => {
    stage = await openStage({ archive: new FakeArchive({ jpeg }) })
    const page = await browser.context.newPage()
    await page.goto(`${stage.link}&view=review&lang=en&theme=night`)
    await page.locator('.drive-row:not(.head) b').first().waitFor()
    await stage.puppet.asked('start')
    stage.puppet.say(STATES['critical']?.() ?? [])
    const alert = page.getByRole('alert')
    await alert.getByText('Put the phone away').waitFor()
    // The work stays in reach.
    await page.locator('#drive-row-0').click()
    await page.locator('.stage canvas[data-drawn]').waitFor()
    expect(await objections(page)).toEqual([])
    await alert.getByRole('button', { name: 'Show the alert in full' }).click()
    await alert.getByText('Eyes up!').waitFor()
    await alert.getByRole('button', { name: 'Make the alert small' }).click()
    await alert.getByText('Eyes up!').waitFor({ state: 'detached' })
    await page.keyboard.press(' ')
    await stage.puppet.asked('acknowledge')
  })

  it('has every button in reach on a phone', async () => {
    const { page } = await open('lang=en&theme=day')
    await page.setViewportSize({ width: 390, height: 844 })
    const inReach = async (name: string | RegExp): Promise<void> => {
      const button = page.getByRole('button', { name, exact: typeof name === 'string' })
      await button.scrollIntoViewIfNeeded()
      const { x, width } = (await button.boundingBox()) ?? { x: -1, width: 0 }
      expect([name, x >= 0 && x + width <= 390]).toEqual([name, true])
    }
    for (const name of ['Report…', /Analyse/, 'To review']) await inReach(name)
    await openDrive(page, 3)
    for (const name of ['Labels…', 'Export…', 'Delete', 'Play', 'Closer', 'Wider']) {
      await inReach(name)
    }
    expect(errors).toEqual([])
  })

  it('is out of reach on a kiosk that is locked', async () => {
    const archive = new FakeArchive({ jpeg })
    stage = await openStage({ idle: true, archive, settings: { kiosk: true, pin: '2468' } })
    const page = await browser.context.newPage()
    await page.goto(`${stage.link}&view=review&lang=en&theme=night`)
    await page.locator('.exit').waitFor()
    await page.keyboard.press('3')
    await page.locator('.exit').click()
    await page.getByRole('button', { name: 'Driver' }).waitFor()
    expect(await page.getByRole('button', { name: 'Review' }).count()).toBe(0)
    const asked = await page.evaluate(async () => (await fetch('/api/drives')).status)
    expect([asked, archive.calls]).toEqual([403, []])
  })
})
