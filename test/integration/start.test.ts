import { spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../support/build.ts'
import { TINY_ENSEMBLE } from '../support/cli.ts'
import { pictureFolder } from '../support/pictures.ts'
import { ensureRendererBuilt } from '../support/renderer.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const START = path.join(ROOT, 'electron/setup/start.mjs')

/** `npm start` with a program of ours for Electron's binary; ends when it prints a link. */
async function start(script: string, ...args: readonly string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadward-dist-'))
  await writeFile(path.join(folder, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const child = spawn(process.execPath, [START, ...args], {
    cwd: folder,
    env: { ...process.env, ROADWARD_SHELL: 'electron', ELECTRON_OVERRIDE_DIST_PATH: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (stdout.includes('Ctrl-C ends')) child.kill('SIGTERM')
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { folder, code, stdout, stderr }
}

/** A program of ours stands for Electron as a script of the shell. */
const skip = process.platform === 'linux' ? '' : ' (skipped: needs a POSIX shell and /proc)'

describe.skipIf(skip !== '')(`npm start${skip}`, () => {
  let drive: string[]

  beforeAll(async () => {
    await ensureBuilt()
    await ensureRendererBuilt()
    drive = [await pictureFolder(['c0']), '--ensemble', TINY_ENSEMBLE]
  }, 240_000)

  it('opens the window for the drive, and ends as it does', async () => {
    const { folder, code, stdout } = await start('echo "$@" > args; exit 3', ...drive)
    const args = await readFile(path.join(folder, 'args'), 'utf8')
    expect(args.trim()).toBe([ROOT, ...drive].join(' '))
    expect([code, stdout]).toEqual([3, ''])
  })

  it('serves when it is told where to listen', async () => {
    const { code, stdout, stderr } = await start('exit 3', ...drive, '--port', '0')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Roadward: http/)
  })

  it.each([
    ['has no sandbox here', 'kill -TRAP $$'],
    ['misses a library', 'exit 127'],
  ])('serves the screen where Electron %s', async (_why, script) => {
    const { code, stdout, stderr } = await start(script, ...drive, '--kiosk')
    expect(stderr).toContain('Electron cannot run here')
    expect(stdout).toMatch(/^Roadward: http:\/\/127\.0\.0\.1:\d+\/\?token=/)
    expect(code).toBe(0)
  })
})
