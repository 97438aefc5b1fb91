/**
 * `npm start [-- SOURCE [options]]`: sets up what is missing, then serves the screen for SOURCE,
 * for the camera that is connected, or for the demo drive.
 */

import { existsSync } from 'node:fs'
import { repoPath } from './paths.mjs'
import { setUpOrExit } from './setup.mjs'

/** As everywhere in the command line: wrong use. */
const EXIT_USAGE = 2

const NO_SOURCE = `No camera was found on this computer. Say what to watch:
  npm start -- 0                              a camera by its number (also /dev/video0)
  npm start -- rtsp://192.168.1.20/cabin      a stream (RTSP, or MJPEG over HTTP)
  npm start -- drive.mp4                      a recorded drive
  npm start -- pictures/                      a folder of pictures, or of State Farm's data
Options follow it, for example --preset fleet-coach. All of them: npx roadward serve --help
`

await setUpOrExit()
const given = process.argv.slice(2)
const drive = given.length > 0 ? given : ((await connectedCamera()) ?? demoDrive())
if (drive === undefined) {
  process.stderr.write(NO_SOURCE)
  process.exitCode = EXIT_USAGE
} else {
  process.argv.splice(2, Infinity, 'serve', '--open', ...sourceFirst(drive))
  await import('../shells/roadward.mjs')
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
    await import(repoPath('dist/capture/cameras.js'))
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
