import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ARCHIVE_ENTRY, BLUR_ENTRY, ENGINE_ENTRY, VIEWER_ENTRY } from '../../electron/app/paths.ts'
import { ensureBuilt } from '../support/build.ts'
import { CHROMIUM } from '../support/chromium.mjs'
import { AppDriver } from '../support/electron/appDriver.ts'
import { makePackage, type Package } from '../support/electron/makePackage.ts'
import { ensureRendererBuilt } from '../support/renderer.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const skip =
  process.platform !== 'linux'
    ? 'it packages for Linux'
    : !existsSync(CHROMIUM) && `there is no ${CHROMIUM}`

describe.skipIf(skip !== false)(`the packaged app${skip ? ` (skipped: ${skip})` : ''}`, () => {
  let folder = ''
  let made: Package

  beforeAll(async () => {
    await ensureBuilt()
    await ensureRendererBuilt()
    folder = await mkdtemp(path.join(tmpdir(), 'roadward-package-'))
    made = await makePackage(folder)
  }, 400_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('has the entries and the screen in its archive, no module and no source', () => {
    const files = made.packed.filter((file) => path.extname(file) !== '')
    const outside = files.filter((file) => !file.startsWith('/dist/renderer/'))
    expect(outside.sort()).toEqual([
      '/dist/electron/main.js',
      '/dist/electron/preload.cjs',
      '/package.json',
    ])
    expect(files).toContain('/dist/renderer/index.html')
    expect(files.filter((file) => /node_modules|\.(map|tsx?)$/.test(file))).toEqual([])
  })

  it('has its fuses blown, whatever its binary came with', () => {
    // RunAsNode, cookie encryption, NODE_OPTIONS, --inspect, ASAR integrity, only from the ASAR;
    // the snapshot is as it came; privileges of file: are the eighth.
    expect(made.fuses).toMatch(/^010011.0/)
  })

  it('has all that each of its processes imports, beside the archive', async () => {
    const entries = [ENGINE_ENTRY, VIEWER_ENTRY, ARCHIVE_ENTRY, BLUR_ENTRY].map((entry) =>
      path.join(made.resources, 'roadward', path.relative(ROOT, entry)),
    )
    // It fails on a file that is not there; packages are looked up from the staged ones.
    const { errors } = await build({
      entryPoints: entries,
      outdir: folder,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['*.node'],
      write: false,
    })
    expect(errors).toEqual([])
  })

  it('shows the demo drive, by the engine that it brings, when it is started without a word', async () => {
    const app = await AppDriver.startPackage(made.archive, made.resources)
    try {
      const page = await app.page()
      await page.locator('.row.top').getByText('%').waitFor()
      await page.locator('canvas[data-drawn]').waitFor()
      const engine = path.join(made.resources, 'roadward/dist/engine/process.js')
      const [line = []] = app.children().filter((each) => each.includes(engine))
      expect(line[0]).toBe(path.join(made.resources, 'node/node'))
      await app.ask('closeWindow')
      expect(await app.ended).toBe(0)
    } finally {
      await app.kill()
    }
  })
})
