/**
 * `npm start [-- SOURCE [options]]`: sets up what is missing, then watches SOURCE, or the camera
 * that is connected.
 */

import { repoPath } from './paths.mjs'
import { setUpOrExit } from './setup.mjs'

/** As everywhere in the command line: wrong use. */
const EXIT_USAGE = 2

const NO_SOURCE = `No camera was found on this computer. Say what to watch:
  npm start -- 0                              a camera by its number (also /dev/video0)
  npm start -- rtsp://192.168.1.20/cabin      a stream (RTSP, or MJPEG over HTTP)
  npm start -- drive.mp4                      a recorded drive
  npm start -- pictures/                      a folder of pictures, or of State Farm's data
Options follow it, for example --preset fleet-coach. All of them: npx roadward watch --help
`

await setUpOrExit()
const given = process.argv.slice(2)
const watched = given.length > 0 ? given : await connectedCamera()
if (watched.length === 0) {
  process.stderr.write(NO_SOURCE)
  process.exitCode = EXIT_USAGE
} else {
  process.argv.splice(2, Infinity, 'watch', ...watched)
  await import('../shells/roadward.mjs')
}

/**
 * @returns {Promise<string[]>} the first camera that may be used, as an argument, or nothing
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
  if (camera === undefined) return []
  process.stderr.write(`Watching ${camera.name} (${camera.path}). Ctrl-C ends.\n`)
  return [camera.path]
}
