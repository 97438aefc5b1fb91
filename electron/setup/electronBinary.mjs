/** Where Electron's binary is, and fetching it once, for `npm start`. */

import { spawn } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'

import { repoPath } from './paths.mjs'

/** Somebody waits for the first picture: longer than this, the browser is the better screen. */
const DOWNLOAD_MS = 60_000

/** A machine that could not fetch it today is asked again tomorrow. */
const RETRY_AFTER_MS = 24 * 3_600_000

const ATTEMPT = repoPath('.cache/setup/electron-attempt')

/**
 * @typedef {object} Surroundings
 * @property {NodeJS.ProcessEnv} env
 * @property {NodeJS.Platform} platform
 * @property {string | undefined} binary of an Electron that is there
 * @property {boolean} canInstall its package is there
 * @property {boolean} isRoot
 * @property {number | undefined} attemptedMsAgo the last download that failed
 */

/**
 * @param {Surroundings} around
 * @returns {{ kind: 'electron', binary: string } | { kind: 'download' } | { kind: 'web', why: string }}
 */
export function chooseShell({ env, platform, binary, canInstall, isRoot, attemptedMsAgo }) {
  const wish = env['ROADWARD_SHELL']
  if (wish === 'web') return { kind: 'web', why: 'ROADWARD_SHELL=web' }
  const desktop = platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']
  if (!desktop && wish !== 'electron') return { kind: 'web', why: 'there is no desktop here' }
  // Root on Linux has no sandbox, and without one Electron does not start.
  if (isRoot && platform === 'linux' && wish !== 'electron') {
    return { kind: 'web', why: 'its sandbox does not work for root' }
  }
  if (binary !== undefined) return { kind: 'electron', binary }
  if (!canInstall) return { kind: 'web', why: "Electron's package is not installed" }
  const soon = attemptedMsAgo !== undefined && attemptedMsAgo < RETRY_AFTER_MS
  if (soon && wish !== 'electron') {
    return { kind: 'web', why: "Electron's binary could not be downloaded a while ago" }
  }
  return { kind: 'download' }
}

/**
 * Says in one line why there is no Electron, where there is none.
 *
 * @returns {Promise<string | undefined>} the binary to run
 */
export async function findElectron() {
  const choice = chooseShell({
    env: process.env,
    platform: process.platform,
    binary: installedBinary(),
    canInstall: fs.existsSync(repoPath('node_modules/electron/install.js')),
    isRoot: process.getuid?.() === 0,
    attemptedMsAgo: attemptedMsAgo(),
  })
  if (choice.kind === 'electron') return choice.binary
  if (choice.kind === 'download' && (await download())) return installedBinary()
  const why =
    choice.kind === 'web' ? choice.why : "Electron's binary cannot be downloaded from here"
  process.stderr.write(`No Electron window (${why}): the same screen opens in the browser.\n`)
  return undefined
}

/** @returns {string | undefined} */
function installedBinary() {
  const name = executableName()
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const file = override ? join(override, name) : repoPath(`node_modules/electron/dist/${name}`)
  return fs.existsSync(file) ? file : undefined
}

/** As Electron's own `install.js` has it. */
function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

function attemptedMsAgo() {
  const { mtimeMs } = fs.statSync(ATTEMPT, { throwIfNoEntry: false }) ?? {}
  return mtimeMs === undefined ? undefined : Date.now() - mtimeMs
}

/** @returns {Promise<boolean>} whether it is there now */
async function download() {
  process.stderr.write("Fetching Electron's binary (once, a minute at most).\n")
  const child = spawn(process.execPath, [repoPath('node_modules/electron/install.js')], {
    stdio: 'ignore',
    timeout: DOWNLOAD_MS,
  })
  const done = await new Promise((resolve) => {
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
  if (!done) {
    fs.mkdirSync(repoPath('.cache/setup'), { recursive: true })
    fs.writeFileSync(ATTEMPT, '')
  }
  return done
}
