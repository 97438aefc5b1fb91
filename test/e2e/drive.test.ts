import { existsSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import type { ClassId } from '../../electron/core/labels.ts'
import { ensureBuilt } from '../support/build.ts'
import { pictureFolder } from '../support/pictures.ts'
import { ensureRendererBuilt } from '../support/renderer.ts'
import { CHROMIUM } from '../support/chromium.mjs'
import { Served } from './support/served.ts'
import { openBrowser } from './support/stage.mjs'

const repeat = (id: ClassId, count: number) => Array.from({ length: count }, () => id)

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`

describe.skipIf(skip !== false)(`a drive in a browser${skip ? ` (skipped: ${skip})` : ''}`, () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  let served: Served | undefined
  const errors: string[] = []

  beforeAll(async () => {
    await ensureBuilt()
    await ensureRendererBuilt()
    browser = await openBrowser()
  }, 120_000)

  afterEach(async () => {
    // The pages first: one that a failed test left behind would complain about the server's end.
    await Promise.all(browser.context.pages().map((page) => page.close()))
    served?.interrupt()
    await served?.ended
    served = undefined
    errors.length = 0
  })

  afterAll(() => browser.close())

  async function open(source: string, query: string): Promise<Page> {
    served = new Served('--source', source)
    const page = await browser.context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${await served.link}&${query}`)
    return page
  }

  it('shows pictures and probabilities, then says what to do in English and in Chinese', async () => {
    const folder = await pictureFolder([...repeat('c0', 10), ...repeat('c1', 300)])
    const page = await open(folder, 'lang=en&theme=night&view=monitor')
    await page.locator('.row.top').getByText('%').waitFor()
    await page.locator('canvas[data-drawn]').waitFor()
    const alert = page.getByRole('alert')
    await alert.getByText('Put the phone away').waitFor()
    await page.locator('[role=alert][data-level=critical]').waitFor()
    await page.keyboard.press('l')
    await alert.getByText('请放下手机').first().waitFor()
    await page.keyboard.press(' ')
    await alert.getByText('已确认').waitFor()
    await alert.getByRole('button').waitFor({ state: 'detached' })
    // It has the line only, and the address has no token any more.
    expect(await alert.getAttribute('class')).toContain('alert-caution')
    expect(page.url()).not.toContain('token')
    expect(errors).toEqual([])
    await page.close()
  }, 60_000)

  it('goes blind when the engine dies, says so, and heals', async () => {
    const folder = await pictureFolder(repeat('c1', 600))
    const page = await open(folder, 'lang=zh&theme=day&view=driver')
    const alert = page.getByRole('alert').getByText('请放下手机')
    await alert.waitFor()
    const blind = page.getByText('正在重新启动').waitFor()
    process.kill(served?.enginePid ?? Number.NaN, 'SIGKILL')
    await blind
    // The alert survives the death of the engine that raised it.
    await alert.waitFor()
    expect(errors).toEqual([])
    await page.close()
  }, 60_000)

  it('ends with the terminal: server and engine', async () => {
    const page = await open(await pictureFolder(repeat('c1', 600)), 'lang=en&view=driver')
    await page.getByRole('alert').waitFor()
    const pid = served?.enginePid ?? 0
    expect(alive(pid)).toBe(true)
    served?.interrupt()
    expect(await served?.ended).toBe(0)
    await page.getByText('Connection lost').waitFor()
    expect(alive(pid)).toBe(false)
    await page.close()
  }, 60_000)
})
