import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { stage } from '../../../electron/setup/stage.mjs'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Electron's fuse wire in its binary (electron/fuses): this mark, version, length, a digit a fuse. */
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES = 9

const require = createRequire(import.meta.url)
/** As electron-builder's library finds it. */
const load = createRequire(require.resolve('app-builder-lib'))
const asar = load('@electron/asar') as {
  listPackage(archive: string, options: object): string[]
  extractAll(archive: string, folder: string): void
}

export interface Package {
  /** `resources/` beside the program. */
  readonly resources: string
  /** Files in `app.asar`, with a slash in front. */
  readonly packed: readonly string[]
  /** Electron's fuses in their order: `1` is on, `0` off. */
  readonly fuses: string
  /** The archive unpacked, for those who cannot read it. */
  readonly archive: string
}

/**
 * What `npm run package` makes for Linux, by the real electron-builder and its real configuration;
 * only Electron itself is a few files of the right names.
 */
export async function makePackage(folder: string): Promise<Package> {
  const electron = path.join(folder, 'electron')
  const output = path.join(folder, 'out')
  await pretendElectron(electron)
  stage(path.join(ROOT, '.cache/package/resources'))
  await build(`--config.electronDist=${electron}`, `--config.directories.output=${output}`)
  const resources = path.join(output, 'linux-unpacked/resources')
  const archive = path.join(folder, 'archive')
  asar.extractAll(path.join(resources, 'app.asar'), archive)
  const binary = await readFile(path.join(output, 'linux-unpacked/roadward'), 'latin1')
  const wire = binary.indexOf(FUSE_MARK) + FUSE_MARK.length + 2
  return {
    resources,
    archive,
    packed: asar.listPackage(path.join(resources, 'app.asar'), {}),
    fuses: binary.slice(wire, wire + FUSES),
  }
}

async function pretendElectron(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'resources'), { recursive: true })
  const wire = `${FUSE_MARK}\u0001${String.fromCharCode(FUSES)}${'1'.repeat(FUSES)}`
  await writeFile(path.join(folder, 'electron'), `#!/bin/sh\n${wire}\n`, 'latin1')
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox']) {
    await writeFile(path.join(folder, name), '')
  }
}

/** @throws Error with what electron-builder said */
function build(...more: readonly string[]): Promise<void> {
  const cli = path.join(ROOT, 'node_modules/electron-builder/cli.js')
  const child = spawn(process.execPath, [cli, '--linux', 'dir', '--publish', 'never', ...more], {
    cwd: ROOT,
    env: { ...process.env, CI: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  }
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`electron-builder failed (${code ?? 'killed'}): ${said}`))
    })
  })
}
