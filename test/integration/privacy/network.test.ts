import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromiumPrinter, findBrowser } from '../../../electron/app/exports/chromiumPrinter.ts'
import { RENDERER_DIR } from '../../../electron/app/paths.ts'
import { ensureRendererBuilt } from '../../support/renderer.ts'
import { ensureBuilt } from '../../support/build.ts'
import { CHROMIUM } from '../../support/chromium.mjs'
import { TINY_ENSEMBLE } from '../../support/cli.ts'
import { MjpegServer } from '../../support/mjpegServer.ts'
import { openLink, ScreenClient } from '../../support/screenClient.ts'
import { peersOf, straceArgs, Straced, straceObstacle } from '../../support/strace.ts'

const LAUNCHER = fileURLToPath(new URL('../../../electron/setup/roadward.mjs', import.meta.url))

/** With any of these ONNX Runtime sends nothing by itself: a user has none of them. */
const HIDES_TELEMETRY = ['CI', 'TF_BUILD', 'GITHUB_ACTIONS', 'ORT_DISABLE_TELEMETRY']

let folder: string
let home: string
let temporary: string

/** Of a user who has just come: a home folder without anything in it. */
function userEnv(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !HIDES_TELEMETRY.includes(name) && !/^(XDG_|ORT_)/.test(name),
  )
  return { ...(Object.fromEntries(kept) as Record<string, string>), HOME: home, TMPDIR: temporary }
}

beforeAll(async () => {
  await ensureBuilt()
  await ensureRendererBuilt()
}, 120_000)

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'roadward-network-'))
  home = path.join(folder, 'home')
  temporary = path.join(folder, 'tmp')
  mkdirSync(home)
  mkdirSync(temporary)
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const obstacle = straceObstacle()

describe.skipIf(obstacle !== undefined)(`the network (${obstacle ?? 'watched by strace'})`, () => {
  it('is asked for the camera by a drive that is watched and kept, and for nothing else', async () => {
    await using camera = await MjpegServer.start(10)
    const log = path.join(folder, 'strace.txt')
    const data = path.join(folder, 'data')
    const serve = ['serve', '--source', camera.url, '--ensemble', TINY_ENSEMBLE, '--data', data]
    const running = new Straced(log, [LAUNCHER, ...serve], userEnv())
    const link = await linkOf(running.stdout)
    const screen = await ScreenClient.connect(Number(new URL(link).port), await openLink(link))
    await screen.until(() => screen.events.some(({ type }) => type === 'prediction'))
    screen.close()
    running.interrupt()
    await running.ended
    const { host } = new URL(camera.url)
    expect(peersOf(log)).toEqual([host])
    // What ONNX Runtime, or another library, would leave behind without a word.
    expect([...readdirSync(home), ...readdirSync(temporary)]).toEqual([])
  })

  it('is not touched by the browser that prints a report', async ({ skip }) => {
    if (!existsBrowser()) skip('Chromium is not installed')
    const log = path.join(folder, 'strace.txt')
    const watched = path.join(folder, 'watched-chromium')
    writeFileSync(watched, `#!/bin/sh\nexec strace ${straceArgs(log).join(' ')} ${CHROMIUM} "$@"\n`)
    chmodSync(watched, 0o755)
    const print = chromiumPrinter({
      rendererDir: RENDERER_DIR,
      env: { ...userEnv(), ROADWARD_CHROMIUM: watched },
    })
    const pdf = await print(
      '<!doctype html><title>x</title><p>A report</p>',
      new AbortController().signal,
    )
    expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(peersOf(log)).toEqual([])
  })
})

function existsBrowser(): boolean {
  try {
    return findBrowser({ rendererDir: RENDERER_DIR, env: { ROADWARD_CHROMIUM: CHROMIUM } }) !== ''
  } catch {
    return false
  }
}

/** The link that `serve` prints. */
async function linkOf(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [, link] = /^Roadward: (\S+)$/.exec(line) ?? []
    if (link !== undefined) return link
  }
  throw new Error('serve ended without a link')
}
