/**
 * What the set-up has to do, decided from what was found on the machine. Pure: `facts.mjs`
 * looks, `steps.mjs` does.
 */

import { atLeast } from './versions.mjs'

/**
 * @typedef {object} Facts
 * @property {string} nodeVersion
 * @property {string} minimumNode from `engines` in package.json
 * @property {string} platform as `process.platform`
 * @property {string} systemName such as `Debian GNU/Linux 13 (trixie)`
 * @property {boolean} isDebianLike apt-get is there
 * @property {'root' | 'sudo' | 'none'} privilege how system packages may be installed
 * @property {boolean} hasCompiler
 * @property {boolean} hasMake
 * @property {boolean} hasPython for node-gyp
 * @property {boolean} hasOpencv headers and libraries to compile against
 * @property {boolean} hasNodeHeaders on this machine
 * @property {boolean} nodeIsDebians Debian's own Node keeps its headers in a package of their own
 * @property {string | undefined} packagesDiffer an npm package that is missing or outdated
 * @property {boolean} bindingInstalled compiled for this Node and this OpenCV, in node_modules
 * @property {boolean} bindingCached the same, kept from an earlier compile
 * @property {boolean} databaseInstalled the same for the database of recorded drives
 * @property {boolean} databaseCached
 * @property {boolean} databaseGivenUp compiling it failed before: drives are not recorded here
 * @property {boolean} isBuilt `dist/`, the screen in it too, is newer than the sources
 * @property {boolean} canBuild the TypeScript compiler is there, or will be
 * @property {boolean} skipNative `ROADWARD_SKIP_NATIVE=1`
 */

/**
 * @typedef {{ kind: 'system', packages: string[], sudo: boolean }
 *   | { kind: 'packages', reason: string }
 *   | { kind: 'binding', how: 'copy' | 'compile' }
 *   | { kind: 'database', how: 'copy' | 'compile' }
 *   | { kind: 'without-database', missing: string[] }
 *   | { kind: 'build' }} Step
 * @typedef {{ kind: 'steps', steps: Step[] }
 *   | { kind: 'problem', message: string, tip: string }} Plan
 */

/**
 * @param {Facts} facts
 * @returns {Plan}
 */
export function plan(facts) {
  if (!atLeast(facts.nodeVersion, facts.minimumNode)) {
    return problem(
      `Node ${facts.nodeVersion} is too old: Roadward needs ${facts.minimumNode} or newer.`,
      'Install Node 20.19, 22 or newer, and run the command again.',
    )
  }
  /** @type {Step[]} */
  const steps = []
  const reinstalls = facts.packagesDiffer !== undefined
  if (reinstalls) steps.push({ kind: 'packages', reason: `${facts.packagesDiffer}` })

  // npm empties node_modules first, and the compiled binding goes with it.
  if (!facts.skipNative && (reinstalls || !facts.bindingInstalled)) {
    if (!facts.bindingCached) {
      const missing = missingTools(facts)
      if (missing.length > 0) {
        const packages = missing.map((tool) => tool.debian)
        if (!facts.isDebianLike || facts.privilege === 'none') {
          return problem(...withoutInstalling(facts, missing))
        }
        steps.unshift({ kind: 'system', packages, sudo: facts.privilege === 'sudo' })
      }
    }
    steps.push({ kind: 'binding', how: facts.bindingCached ? 'copy' : 'compile' })
  }
  if (!facts.skipNative && (reinstalls || !facts.databaseInstalled)) {
    steps.push(...databaseSteps(facts, steps))
  }
  if (facts.canBuild && !facts.isBuilt) steps.push({ kind: 'build' })
  return { kind: 'steps', steps }
}

/**
 * Without it drives are watched but not recorded: nothing is installed into the system for it
 * alone, and what cannot be compiled is left out.
 *
 * @param {Facts} facts
 * @param {Step[]} before what is done first
 * @returns {Step[]}
 */
function databaseSteps(facts, before) {
  if (facts.databaseCached) return [{ kind: 'database', how: 'copy' }]
  if (facts.databaseGivenUp) return []
  const missing = before.some(({ kind }) => kind === 'system')
    ? []
    : missingTools({ ...facts, hasOpencv: true }).map((tool) => tool.name)
  return missing.length === 0
    ? [{ kind: 'database', how: 'compile' }]
    : [{ kind: 'without-database', missing }]
}

/** @typedef {{ name: string, debian: string }} Tool */

/**
 * @param {Facts} facts
 * @returns {Tool[]}
 */
export function missingTools(facts) {
  /** @type {[boolean, Tool][]} */
  const tools = [
    // Its dependencies bring imgcodecs, imgproc and core; the whole libopencv-dev would bring
    // Qt, VTK and half a gigabyte more.
    [facts.hasOpencv, { name: 'OpenCV 4 with its headers', debian: 'libopencv-videoio-dev' }],
    [facts.hasCompiler, { name: 'a C++ compiler', debian: 'g++' }],
    [facts.hasMake, { name: 'make', debian: 'make' }],
    [facts.hasPython, { name: 'Python 3', debian: 'python3' }],
    // Every other Node either ships its headers or node-gyp fetches them.
    [
      facts.hasNodeHeaders || !facts.nodeIsDebians,
      { name: "Node's headers", debian: 'libnode-dev' },
    ],
  ]
  return tools.filter(([has]) => !has).map(([, tool]) => tool)
}

/**
 * @param {readonly string[]} packages
 * @returns {string} the command that a person with root rights runs
 */
export function aptCommand(packages) {
  return `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/**
 * @param {Facts} facts
 * @param {Tool[]} missing
 * @returns {[string, string]}
 */
function withoutInstalling(facts, missing) {
  const names = missing.map((tool) => tool.name).join(', ')
  const message = `Missing on this machine (${facts.systemName}): ${names}.`
  if (facts.isDebianLike) {
    const command = aptCommand(missing.map((tool) => tool.debian))
    return [message, `Run this as root, then the same command again:\n  ${command}`]
  }
  if (facts.platform === 'darwin') {
    return [message, 'Run `xcode-select --install` and `brew install opencv python`, then again.']
  }
  if (facts.platform === 'win32') {
    return [
      message,
      'Install the Visual Studio C++ build tools, Python 3 and OpenCV (`vcpkg install ' +
        'opencv4[ffmpeg]:x64-windows`), set OPENCV_INCLUDE_DIR and OPENCV_LIB_DIR to its folders, ' +
        'then run the command again.',
    ]
  }
  return [
    message,
    'Install them with the package manager of this system (OpenCV with videoio and FFmpeg), ' +
      'set OPENCV_INCLUDE_DIR and OPENCV_LIB_DIR when OpenCV is in an unusual place, and run the ' +
      'command again.',
  ]
}

/**
 * @param {string} message
 * @param {string} tip
 * @returns {Plan}
 */
function problem(message, tip) {
  return { kind: 'problem', message, tip }
}
