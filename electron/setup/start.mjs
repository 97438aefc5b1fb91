/**
 * `npm start [-- SOURCE [options]]`: sets up what is missing, then shows SOURCE, the camera that is
 * connected, or the demo drive: in Electron's window, or in the browser where there is no Electron.
 */

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findElectron } from './electronBinary.mjs'
import { repoPath } from './paths.mjs'
import { setUpOrExit } from './setup.mjs'

/** As everywhere in the command line: wrong use. */
const EXIT_USAGE = 2

const MISSING_LIBRARY = 127

const KIOSK = '--kiosk'

/** Whoever says where to listen wants the server, and no window. */
const SERVER_FLAG = /^--(port|host|expose-to-network|tls-cert|tls-key|data)(=|$)/

const NO_SOURCE = `No camera was found on this computer. Say what to watch:
  npm start -- 0                              a camera by its number (also /dev/video0)
  npm start -- rtsp://192.168.1.20/cabin      a stream (RTSP, or MJPEG over HTTP)
  npm start -- drive.mp4                      a recorded drive
  npm start -- pictures/                      a folder of pictures, or of State Farm's data
Options follow it, for example --preset fleet-coach. All of them: npx roadward serve --help
`

await setUpOrExit()
const args = process.argv.slice(2)
/** For a window only: a browser fills the screen by a key of its own. */
const windowFlags = args.filter((arg) => arg === KIOSK)
const given = args.filter((arg) => arg !== KIOSK)
const drive = given.length > 0 ? given : ((await connectedCamera()) ?? demoDrive())
if (drive === undefined) {
  process.stderr.write(NO_SOURCE)
  process.exitCode = EXIT_USAGE
} else {
  const electron = drive.some((arg) => SERVER_FLAG.test(arg)) ? undefined : await findElectron()
  if (electron === undefined) await serve(drive)
  else runElectron(electron, [...drive, ...windowFlags])
}

/** @param {string[]} drive */
async function serve(drive) {
  const flags = sourceFirst(drive.filter((arg) => arg !== KIOSK))
  process.argv.splice(2, Infinity, 'serve', '--open', ...flags)
  await import('./roadward.mjs')
}

/**
 * @param {string} binary
 * @param {string[]} drive
 */
function runElectron(binary, drive) {
  const child = spawn(binary, [repoPath('.'), ...drive], { stdio: 'inherit' })
  // The terminal tells both of Ctrl-C; the window then ends, and this with it.
  process.on('SIGINT', () => undefined)
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  const onEnd = (/** @type {number | null} */ code, /** @type {string | null} */ signal) => {
    if (!neverRan(code, signal)) {
      process.exitCode = code ?? 1
      return
    }
    process.stderr.write(
      'Electron cannot run here (see above): the same screen opens in the browser.\n',
    )
    for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(each)
    void serve(drive)
  }
  // `close` follows, with a negative code.
  child.on('error', () => undefined)
  child.on('close', onEnd)
}

/**
 * Chromium ends itself by a trap where it has no sandbox (user namespaces are forbidden), the
 * loader with 127 where a library is missing.
 *
 * @param {number | null} code
 * @param {string | null} signal
 */
function neverRan(code, signal) {
  const started = code === null || (code >= 0 && code !== MISSING_LIBRARY)
  return !started || signal === 'SIGTRAP' || signal === 'SIGABRT'
}

/**
 * `npm start -- drive.mp4 --mirror` names the source without its flag.
 *
 * @param {string[]} args
 * @returns {string[]}
 */
function sourceFirst([first = '', ...rest]) {
  return first.startsWith('-') ? [first, ...rest] : ['--source', first, ...rest]
}

/**
 * @returns {string[] | undefined} the synthetic drive, for the ensemble that was trained for it
 */
function demoDrive() {
  if (!existsSync(repoPath('models/demo/manifest.json'))) return undefined
  process.stderr.write('No camera was found: this is the demo drive, a synthetic cabin.\n')
  return [repoPath('assets/demo/drive.mp4'), '--ensemble', 'demo']
}

/**
 * @returns {Promise<string[] | undefined>} the first camera that may be used
 */
async function connectedCamera() {
  /** @typedef {{ path: string, name: string, obstacle: string | undefined }} Camera */
  const { listCameras } = /** @type {{ listCameras: () => Promise<Camera[]> }} */ (
    await import(repoPath('dist/engine/capture/cameras.js'))
  )
  const cameras = await listCameras()
  for (const { name, path, obstacle } of cameras) {
    if (obstacle !== undefined) process.stderr.write(`${name} (${path}): ${obstacle}\n`)
  }
  const camera = cameras.find(({ obstacle }) => obstacle === undefined)
  if (camera === undefined) return undefined
  process.stderr.write(`Watching ${camera.name} (${camera.path}). Ctrl-C ends.\n`)
  return [camera.path]
}
