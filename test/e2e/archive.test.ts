import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../support/build.ts'
import { CHROMIUM } from '../support/chromium.mjs'
import { ensureRendererBuilt } from '../support/renderer.ts'
import { Served } from './support/served.ts'
import { openBrowser } from './support/stage.mjs'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`

/** Ninety seconds of recording on two busy cores. */
const ANALYSIS_MS = 240_000

describe.skipIf(skip !== false)(
  `a recording from file to review${skip ? ` (skipped: ${skip})` : ''}`,
  () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>
    let served: Served
    let link = ''
    const data = mkdtempSync(join(tmpdir(), 'roadward-e2e-'))
    const errors: string[] = []
    /** Whom the screen asked for anything. */
    const hosts = new Set<string>()

    beforeAll(async () => {
      await ensureBuilt()
      await ensureRendererBuilt()
      browser = await openBrowser()
      served = new Served('--data', data, '--ensemble', 'demo')
      link = await served.link
    }, 120_000)

    afterAll(async () => {
      await browser.close()
      served.interrupt()
      await served.ended
      rmSync(data, { recursive: true, force: true })
    })

    it(
      'is analysed, opened, scrubbed, judged and asked what if',
      async () => {
        const page = await browser.context.newPage()
        page.setDefaultTimeout(60_000)
        page.on('console', (message) => {
          if (message.type() === 'error') errors.push(message.text())
        })
        page.on('pageerror', (error) => errors.push(error.message))
        page.on('request', (request) => hosts.add(new URL(request.url()).host))
        page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host))
        await page.goto(`${link}&view=review&lang=en&theme=night`)
        await page.getByText('No drives yet').waitFor()
        await page
          .getByRole('button', { name: /Analyse/ })
          .first()
          .click()
        const dialog = page.getByRole('dialog')
        await dialog.getByRole('button', { name: /Demo drive/ }).click()
        await dialog.getByRole('radio', { name: /Demo/, checked: true }).waitFor()
        await dialog.getByRole('button', { name: 'Analyse' }).click()
        await page.getByRole('progressbar').waitFor()

        const row = page.locator('#drive-row-0', { hasText: 'drive.mp4' })
        await row.getByText('Complete').waitFor({ timeout: ANALYSIS_MS })
        await row.click()
        await page.locator('.stage canvas[data-drawn]').waitFor()
        const events = await page.locator('.event-row').count()
        expect(events).toBeGreaterThan(3)

        const slider = page.getByRole('slider', { name: 'Position in the drive' })
        const box = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
        await page.mouse.move(box.x + 20, box.y + 10)
        await page.mouse.down()
        await page.mouse.move(box.x + box.width / 2, box.y + 10, { steps: 30 })
        await page.mouse.up()
        const drawn = (): Promise<number> =>
          page.locator('.stage canvas').first().getAttribute('data-drawn').then(Number)
        await expect.poll(drawn).toBeGreaterThan(1)

        await page.keyboard.press('Home')
        await page.keyboard.press('n')
        await page.getByText('Why did it alert?').waitFor()
        await page.getByText(/had gone on for/).waitFor()
        await page.getByRole('textbox', { name: 'Note' }).fill('seen')
        await page.getByRole('button', { name: 'Needs coaching' }).click()
        await page.getByText('Saved', { exact: true }).waitFor()

        await page.getByText('Why did it alert?').click()
        await page.keyboard.press('i')
        await page.keyboard.press('h')
        await page.getByText(/Covering the red part lowers/).waitFor()

        await page.keyboard.press('w')
        await page
          .getByRole('combobox', { name: 'B', exact: true })
          .selectOption('preset:euroncap-2023')
        await page
          .getByText(/[1-9]\d* (gone|moved)/)
          .first()
          .waitFor()

        await page.getByRole('button', { name: 'Export…' }).click()
        for (const [name, ending] of [
          ['HTML', /\.html$/],
          ['Bundle (zip)', /\.zip$/],
        ] as const) {
          const download = page.waitForEvent('download')
          await page.getByRole('link', { name }).click()
          expect((await download).suggestedFilename()).toMatch(ending)
        }
        await page.keyboard.press('Escape')

        // It is in the archive, not in the page.
        await page.reload()
        await page.locator('#drive-row-0').click()
        await page.locator('.event-row').first().getByText('Needs coaching').waitFor()
        expect(errors).toEqual([])
        expect([...hosts].filter((host) => host !== new URL(link).host && host !== '')).toEqual([])
      },
      ANALYSIS_MS + 120_000,
    )

    it(
      'is, with real pictures, the drive of p002, reviewed and reported',
      async (context) => {
        // Competition data: it stays outside the repository.
        const pictures = at('../shared/data/statefarm-640x480-p002.tar')
        context.skip(!existsSync(pictures), `${pictures} is not here`)
        const folder = mkdtempSync(join(tmpdir(), 'roadward-p002-'))
        execFileSync('tar', ['-xf', pictures, '-C', folder])
        // Into the folder that the server has open.
        const args = ['replay', folder, '--out', data, '--ensemble', 'statefarm']
        execFileSync(process.execPath, [at('electron/setup/roadward.mjs'), ...args])
        rmSync(folder, { recursive: true, force: true })

        // The link works once: the other story may have used it.
        const used = browser.context.pages().find((each) => each.url().startsWith('http'))
        const page = used ?? (await browser.context.newPage())
        const start = used === undefined ? `${link}&` : `${new URL(link).origin}/?`
        await page.goto(`${start}view=review&lang=zh&theme=day`)
        await page.locator('.drive-row', { hasText: 'p002' }).first().click()
        await page.locator('.event-row').first().click()
        await page.getByText('为什么报警？').waitFor()
        await page.getByRole('button', { name: '误报' }).click()
        await page.getByText('已保存', { exact: true }).waitFor()
        await page.getByRole('button', { name: '导出…' }).click()
        const download = page.waitForEvent('download')
        await page.getByRole('link', { name: 'HTML' }).click()
        const report = await (await download).path()
        expect(readFileSync(report, 'utf8')).toContain('<html lang="zh-CN"')
      },
      ANALYSIS_MS,
    )
  },
)
