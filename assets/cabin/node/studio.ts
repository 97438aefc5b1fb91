import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Shot } from '../model/shot.ts'
import type { CabinPage } from '../page/page.ts'

const CHROMIUM = process.env['ROADWARD_CHROMIUM'] ?? '/usr/bin/chromium'

/** No window, no sandbox (it runs as root in containers), no network of the browser's own. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Shots in one call: enough to hide the trip, few enough to show progress. */
const BATCH = 8

/** A headless browser with the cabin in it. */
export interface Studio extends AsyncDisposable {
  /** JPEG pictures in the order of the shots. */
  render(shots: Iterable<Shot>): AsyncGenerator<Buffer>
}

/**
 * Opens Chromium with the bundled page.
 * @throws when Chromium is not installed or has no WebGL
 */
export async function openStudio(pageBundle: string): Promise<Studio> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `There is no ${CHROMIUM}: apt-get install -y chromium, or set ROADWARD_CHROMIUM.`,
    )
  }
  const profile = await mkdtemp(join(tmpdir(), 'roadward-cabin-'))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: FLAGS,
    headless: true,
  })
  const close = async (): Promise<void> => {
    await browser.close()
    await rm(profile, { recursive: true, force: true })
  }
  try {
    const page = browser.pages()[0] ?? (await browser.newPage())
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`page: ${message.text()}`)
    })
    await page.addScriptTag({ content: await readFile(pageBundle, 'utf8') })
    const batch = async (shots: Shot[]): Promise<Buffer[]> => {
      const pictures = await page.evaluate(
        (wanted) => (globalThis as unknown as { cabin: CabinPage }).cabin.render(wanted),
        shots,
      )
      return pictures.map((text) => Buffer.from(text, 'base64'))
    }
    return {
      async *render(shots) {
        let waiting: Shot[] = []
        for (const shot of shots) {
          waiting.push(shot)
          if (waiting.length < BATCH) continue
          yield* await batch(waiting)
          waiting = []
        }
        if (waiting.length > 0) yield* await batch(waiting)
      },
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
