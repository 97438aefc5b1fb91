/** Finds the OpenCV to compile against, without starting another program. */

import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

import { opencvVersion } from './versions.mjs'

/** The modules of OpenCV that Roadward calls; each is a library and a header. */
export const MODULES = ['core', 'imgproc', 'imgcodecs', 'videoio']

/**
 * @typedef {object} Opencv
 * @property {string} version such as `4.6.0`
 * @property {string} includeDir holds `opencv2/`
 * @property {string} libDir
 * @property {string[]} libraries the files that `MODULES` resolve to
 */

/** Debian's names of the folders with the libraries of one architecture. */
const TRIPLETS = /** @type {Record<string, string>} */ ({
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  arm: 'arm-linux-gnueabihf',
})

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Opencv | undefined} the first place that has every header and every library
 */
export function findOpencv(env) {
  for (const [includeDir, libDir] of places(env)) {
    const header = join(includeDir, 'opencv2/core/version.hpp')
    if (!existsSync(header)) continue
    const version = opencvVersion(readFileSync(header, 'utf8'))
    const headers = MODULES.every((name) => existsSync(join(includeDir, `opencv2/${name}.hpp`)))
    const libraries = findLibraries(libDir)
    if (version !== undefined && headers && libraries !== undefined) {
      return { version, includeDir, libDir, libraries }
    }
  }
  return undefined
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, string][]} pairs of an include folder and a library folder
 */
function places(env) {
  const triplet = TRIPLETS[process.arch] ?? ''
  const include = env['OPENCV_INCLUDE_DIR']
  const lib = env['OPENCV_LIB_DIR']
  /** @type {[string, string][]} */
  const pairs = [
    ['/usr/local/include/opencv4', '/usr/local/lib'],
    ['/usr/include/opencv4', `/usr/lib/${triplet}`],
    ['/usr/include/opencv4', '/usr/lib64'],
    ['/usr/include/opencv4', '/usr/lib'],
    ['/opt/homebrew/opt/opencv/include/opencv4', '/opt/homebrew/opt/opencv/lib'],
    ['/usr/local/opt/opencv/include/opencv4', '/usr/local/opt/opencv/lib'],
  ]
  if (include !== undefined && lib !== undefined) {
    pairs.unshift([include, lib], [join(include, 'opencv4'), lib])
  }
  return pairs
}

/**
 * @param {string} libDir
 * @returns {string[] | undefined}
 */
function findLibraries(libDir) {
  if (!existsSync(libDir)) return undefined
  if (process.platform === 'win32') return findWindowsLibraries(libDir)
  const ending = process.platform === 'darwin' ? 'dylib' : 'so'
  const files = MODULES.map((name) => join(libDir, `libopencv_${name}.${ending}`))
  return files.every((file) => existsSync(file))
    ? files.map((file) => realpathSync(file))
    : undefined
}

/**
 * Windows builds carry the version in the name (`opencv_core4.lib`), or have one
 * library for everything (`opencv_world4100.lib`).
 *
 * @param {string} libDir
 * @returns {string[] | undefined}
 */
function findWindowsLibraries(libDir) {
  const names = readdirSync(libDir)
  const world = names.find((name) => /^opencv_world\d+\.lib$/.test(name))
  if (world !== undefined) return [join(libDir, world)]
  const found = MODULES.map((module) =>
    names.find((name) => new RegExp(`^opencv_${module}\\d*\\.lib$`).test(name)),
  )
  return found.every((name) => name !== undefined)
    ? found.map((name) => join(libDir, `${name}`))
    : undefined
}
