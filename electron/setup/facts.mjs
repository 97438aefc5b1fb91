/** Looks at the machine and the repository, for `plan.mjs` to decide what to do. */

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { isInstalled, isKept } from './binding.mjs'
import { canBuild, isBuilt } from './built.mjs'
import { isDatabaseGivenUp, isDatabaseInstalled, isDatabaseKept } from './sqlite.mjs'
import { isRendererBuilt } from './renderer.mjs'
import { firstDifference } from './lockfile.mjs'
import { nodeHeaderFolder, nodeIsDebians } from './nodeHeaders.mjs'
import { findOpencv } from './opencv.mjs'
import { repoPath } from './paths.mjs'
import { missingTools } from './plan.mjs'
import { parseOsRelease } from './versions.mjs'

/**
 * A few dozen file look-ups and no other program, so that a start with nothing to do costs a few
 * hundredths of a second.
 *
 * @returns {import('./plan.mjs').Facts}
 */
export function probe() {
  const system = systemFacts()
  /** @type {import('./plan.mjs').Facts} */
  const facts = {
    nodeVersion: process.versions.node,
    minimumNode: minimumNode(),
    platform: process.platform,
    systemName: system.name,
    isDebianLike: system.isDebianLike,
    privilege: 'none',
    hasCompiler: process.platform === 'win32' || onPath('g++') || onPath('clang++'),
    hasMake: process.platform === 'win32' || onPath('make'),
    hasPython: onPath('python3') || onPath('python') || onPath('py'),
    hasOpencv: findOpencv(process.env) !== undefined,
    hasNodeHeaders: nodeHeaderFolder() !== undefined,
    nodeIsDebians: nodeIsDebians(),
    packagesDiffer: packagesDiffer(),
    bindingInstalled: isInstalled(),
    bindingCached: isKept(),
    databaseInstalled: isDatabaseInstalled(),
    databaseCached: isDatabaseKept(),
    databaseGivenUp: isDatabaseGivenUp(),
    isBuilt: isBuilt() && isRendererBuilt(),
    canBuild: canBuild(),
    skipNative: process.env['ROADWARD_SKIP_NATIVE'] === '1',
  }
  if (facts.packagesDiffer !== undefined) facts.canBuild = true
  if (missingTools(facts).length > 0) facts.privilege = privilege()
  return facts
}

/** @returns {{ name: string, isDebianLike: boolean }} Debian-like: packages come from apt-get */
export function systemFacts() {
  const osRelease = '/etc/os-release'
  if (!existsSync(osRelease)) return { name: process.platform, isDebianLike: false }
  const { name, isDebianLike } = parseOsRelease(readFileSync(osRelease, 'utf8'))
  return { name, isDebianLike: isDebianLike && onPath('apt-get') }
}

/** @returns {string} such as `20.19` */
export function minimumNode() {
  const text = readFileSync(repoPath('package.json'), 'utf8')
  const { engines } = /** @type {{ engines: { node: string } }} */ (JSON.parse(text))
  return engines.node.replace(/^>=/, '')
}

/** @returns {string | undefined} */
function packagesDiffer() {
  const wanted = readLock('package-lock.json')
  if (!existsSync(repoPath('node_modules/.package-lock.json'))) return 'all of them'
  if (wanted === undefined) return undefined
  // Without them no camera or video is read, and no drive recorded, on any platform.
  const needed = ['@u4/opencv4nodejs', 'better-sqlite3']
  return firstDifference(wanted, readLock('node_modules/.package-lock.json'), needed)
}

/**
 * @param {string} path
 * @returns {import('./lockfile.mjs').Lock | undefined}
 */
function readLock(path) {
  const file = repoPath(path)
  if (!existsSync(file)) return undefined
  return /** @type {import('./lockfile.mjs').Lock} */ (JSON.parse(readFileSync(file, 'utf8')))
}

/** @param {string} program */
function onPath(program) {
  const ending = process.platform === 'win32' ? '.exe' : ''
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program + ending), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** @returns {import('./plan.mjs').Facts['privilege']} */
export function privilege() {
  if (process.getuid?.() === 0) return 'root'
  return onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0 ? 'sudo' : 'none'
}
