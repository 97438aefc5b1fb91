import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../support/build.ts'
import { TINY_ENSEMBLE } from '../support/cli.ts'
import { pictureFolder } from '../support/pictures.ts'
import { ensureRendererBuilt } from '../support/renderer.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const NAMES = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as const
const name = process.platform in NAMES ? NAMES[process.platform as keyof typeof NAMES] : 'electron'
const BINARY = path.join(ROOT, 'node_modules/electron/dist', name)

const { DISPLAY, WAYLAND_DISPLAY } = process.env
const hasDisplay = process.platform !== 'linux' || (DISPLAY ?? WAYLAND_DISPLAY) !== undefined

const skip = !existsSync(BINARY)
  ? "Electron's binary is not on this machine"
  : !hasDisplay && 'there is no display'

/** The story of `electron.test.ts` in the real Electron. */
describe.skipIf(skip !== false)(`the app in Electron${skip ? ` (skipped: ${skip})` : ''}`, () => {
  beforeAll(async () => {
    await ensureBuilt()
    await ensureRendererBuilt()
  }, 240_000)

  it('shows a drive and alerts, sandboxed, and quits', async () => {
    const folder = await pictureFolder(Array.from({ length: 600 }, () => 'c1' as const))
    const drive = [folder, '--ensemble', TINY_ENSEMBLE, '--providers', 'cpu', '--fps', '10']
    const data = await mkdtemp(path.join(tmpdir(), 'roadward-data-'))
    const app = await _electron.launch({
      executablePath: BINARY,
      // Chromium's switches last: the app takes what follows its folder.
      args: [ROOT, ...drive, '--no-sandbox'],
      env: { ...process.env, ROADWARD_DATA: data },
    })
    const page = await app.firstWindow()
    await page.locator('canvas[data-drawn]').waitFor()
    await page
      .getByRole('alert')
      .getByText(/Put the phone away|请放下手机/)
      .first()
      .waitFor()
    expect(page.url()).toBe('app://roadward/index.html')
    expect(await page.evaluate(() => 'require' in globalThis)).toBe(false)
    await app.close()
  })
})
