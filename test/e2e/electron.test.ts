import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../support/build.ts'
import { CHROMIUM } from '../support/chromium.mjs'
import { roadward, TINY_ENSEMBLE } from '../support/cli.ts'
import { engineOf } from '../support/engineOf.ts'
import { AppDriver, until } from '../support/electron/appDriver.ts'
import { pictureFolder } from '../support/pictures.ts'
import { ensureRendererBuilt } from '../support/renderer.ts'
import type { Bridge } from '../../electron/contract/bridge.ts'
import type { ClassId } from '../../electron/core/labels.ts'

const skip = existsSync(CHROMIUM) ? false : `there is no ${CHROMIUM}`

const repeat = (id: ClassId, count: number) => Array.from({ length: count }, () => id)

describe.skipIf(skip !== false)(
  `the app on a stand-in for Electron${skip ? ` (skipped: ${skip})` : ''}`,
  () => {
    let app: AppDriver | undefined

    beforeAll(async () => {
      await ensureBuilt()
      await ensureRendererBuilt()
    }, 240_000)

    afterEach(() => app?.kill())

    async function start(
      classes: readonly ClassId[],
      ...args: readonly string[]
    ): Promise<AppDriver> {
      const folder = await pictureFolder([...classes])
      app = await AppDriver.start(
        ...[folder, '--ensemble', TINY_ENSEMBLE, '--providers', 'cpu', '--fps', '10', ...args],
      )
      return app
    }

    it('shows a drive, alerts, and heals engine and page', async () => {
      const running = await start([...repeat('c0', 10), ...repeat('c1', 900)])
      let page = await running.page()
      await page.locator('.row.top').getByText('%').waitFor()
      await page.locator('canvas[data-drawn]').waitFor()
      const alert = page.getByRole('alert').getByText(/Put the phone away|请放下手机/)
      await alert.first().waitFor()
      expect(await running.state()).toMatchObject({ blockers: 1, windows: 1, sandboxed: true })

      const blind = page
        .getByText(/restarting|正在重新启动/i)
        .first()
        .waitFor()
      process.kill(engineOf(running.pid), 'SIGKILL')
      await blind
      await alert.first().waitFor()

      await running.ask('crashPage')
      page = await running.page()
      // The drive goes on: the new page is told where it stands.
      await page
        .getByRole('alert')
        .getByText(/Put the phone away|请放下手机/)
        .first()
        .waitFor()
    })

    it('speaks the language of the screen in its menus, and keeps to itself', async () => {
      const running = await start(repeat('c0', 900))
      const page = await running.page()
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      await page.locator('canvas[data-drawn]').waitFor()
      await page.keyboard.press('l')
      await until(async () => (await running.state()).trayLabels.includes('退出 Roadward'))
      const state = await running.state()
      expect(state.menuLabels).toEqual(['Roadward', '编辑', '显示'])
      const isolated = { sandbox: true, contextIsolation: true, nodeIntegration: false }
      expect(state.webPreferences).toMatchObject(isolated)
      expect(state.windowOpen).toBe('deny')
      expect(await running.ask('navigate', 'https://evil.example/')).toBe(false)
      expect(await running.ask('navigate', 'app://roadward/index.html')).toBe(true)
      // A frame of somebody else may say what it likes.
      await running.ask('strangeFrame', '{"type":"stop"}')
      const [policy, outside] = await page.evaluate(async () => {
        const [ours, other] = await Promise.all([fetch('index.html'), fetch('%2e%2e/package.json')])
        return [ours.headers.get('content-security-policy'), other.status]
      })
      expect(policy).toContain("default-src 'none'")
      expect(outside).toBe(404)
      expect((await running.state()).blockers).toBe(1)
      expect((await running.state()).kiosk).toBe(false)
      // As the dialog of the settings says it.
      await page.evaluate((text) => {
        const { roadward } = globalThis as unknown as { readonly roadward: Bridge }
        roadward.send(text)
      }, '{"type":"settings","patch":{"kiosk":true}}')
      await until(async () => (await running.state()).kiosk)
      expect((await running.state()).menuLabels).toEqual([])
      expect(errors).toEqual([])
    })

    it('prints reports itself', async () => {
      const data = await mkdtemp(path.join(tmpdir(), 'roadward-data-'))
      const drive = await pictureFolder(repeat('c1', 40))
      const replayed = ['replay', drive, '--ensemble', TINY_ENSEMBLE, '--out', data]
      expect(await roadward(replayed)).toMatchObject({ code: 0 })
      app = await AppDriver.startOver(data, drive, '--ensemble', TINY_ENSEMBLE)
      const page = await app.page()
      const printed = await page.evaluate(async () => {
        const answer = await fetch('/api/reports?format=pdf&language=zh')
        const bytes = new Uint8Array(await answer.arrayBuffer())
        return answer.ok
          ? [String.fromCharCode(...bytes.slice(0, 5)), bytes.length > 5000]
          : [new TextDecoder().decode(bytes)]
      })
      expect(printed).toEqual(['%PDF-', true])
      expect((await app.state()).windows).toBe(1)
    })

    it('is one: a second start brings the first forward; quitting leaves no process', async () => {
      const running = await start(repeat('c0', 900))
      const page = await running.page()
      await page.locator('canvas[data-drawn]').waitFor()
      const second = await AppDriver.startSecond()
      expect(await second.ended).toBe(0)
      await running.ask('secondInstance')
      expect((await running.state()).focused).toBe(true)
      const engine = engineOf(running.pid)
      const quit = running.ended
      // The tray is in English or Chinese, as this browser is.
      const label = (await running.state()).trayLabels.at(-1) ?? ''
      await running.ask('tray', label)
      expect(await quit).toBe(0)
      await until(() => Promise.resolve(!existsSync(`/proc/${engine}`)))
    })
  },
)
