/** Compiles the OpenCV binding for this Node and this OpenCV, and keeps it. */

import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import * as os from 'node:os'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { clearInterval, setInterval } from 'node:timers'

import { install, isUsable, note } from './compiled.mjs'
import { nodeHeaderFolder } from './nodeHeaders.mjs'
import { BINDING, BUILD_FOLDER, repoPath } from './paths.mjs'
import { SOURCE_FOLDERS, TOP_SOURCES, bindingGyp, shadowHeaders, weightOf } from './recipe.mjs'
import { run } from './run.mjs'
import { spoken } from './words.mjs'

const KEPT = join(BUILD_FOLDER, 'build/Release/opencv4nodejs.node')
const OBJECTS = join(BUILD_FOLDER, 'build/Release/obj.target/opencv4nodejs/cc')
/** The compiler takes up to 850 MB for one file. */
const BYTES_PER_JOB = 900e6

/** What the binding depends on beside OpenCV: another one asks for a compile. */
function currentKey() {
  const { optionalDependencies } = JSON.parse(fs.readFileSync(repoPath('package.json'), 'utf8'))
  const places = { sources: [], includeDir: '', libDir: '', libraries: [], nanDir: '' }
  const recipe = [bindingGyp({ ...places, platform: process.platform }), shadowHeaders()]
  const hash = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12)
  const version = optionalDependencies['@u4/opencv4nodejs']
  return [version, process.platform, process.arch, process.versions.modules, hash].join(' ')
}

export function isInstalled() {
  return isUsable(BINDING, currentKey())
}

export function isKept() {
  return isUsable(KEPT, currentKey())
}

/** Puts the kept binding where its package looks for it. */
export function installKept() {
  install(KEPT, BINDING)
}

/**
 * @param {import('./opencv.mjs').Opencv} opencv
 * @param {import('./progress.mjs').Progress} progress
 */
export async function compile(opencv, progress) {
  const sources = layOut(opencv)
  const started = performance.now()
  const memory = Math.floor(os.freemem() / BYTES_PER_JOB)
  const jobs = Math.max(1, Math.min(os.availableParallelism(), memory))
  const timer = setInterval(() => progress.update(compiled(sources, jobs, started)), 500)
  const headers = nodeHeaderFolder()
  try {
    await run({
      program: process.execPath,
      args: [
        repoPath('node_modules/node-gyp/bin/node-gyp.js'),
        ...['configure', 'build', '--jobs', `${jobs}`],
        ...(headers === undefined ? [] : ['--nodedir', headers]),
      ],
      cwd: BUILD_FOLDER,
      log: 'binding',
      doing: 'compiling the OpenCV binding',
      needs: "the download of Node's headers",
    })
    progress.update('trying it')
    await run({
      program: process.execPath,
      args: ['-e', `require(${JSON.stringify(KEPT)})`],
      env: { OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING: '1' },
      log: 'binding-load',
      doing: 'loading the OpenCV binding that was just compiled',
    })
  } finally {
    clearInterval(timer)
  }
  note(KEPT, { key: currentKey(), libraries: opencv.libraries })
  installKept()
}

/**
 * Writes the folder that node-gyp works in.
 *
 * @param {import('./opencv.mjs').Opencv} opencv
 * @returns {string[]} the sources, relative to `cc/`
 */
function layOut(opencv) {
  const cc = repoPath('node_modules/@u4/opencv4nodejs/cc')
  const sources = [...TOP_SOURCES]
  for (const folder of SOURCE_FOLDERS) {
    const names = fs.readdirSync(join(cc, folder)).filter((name) => name.endsWith('.cc'))
    sources.push(...names.map((name) => `${folder}/${name}`))
  }
  fs.rmSync(join(BUILD_FOLDER, 'build'), { recursive: true, force: true })
  for (const [path, text] of Object.entries(shadowHeaders())) {
    const file = join(BUILD_FOLDER, 'include', path)
    fs.mkdirSync(dirname(file), { recursive: true })
    fs.writeFileSync(file, text)
  }
  // gyp wants its sources below its own folder.
  fs.rmSync(join(BUILD_FOLDER, 'cc'), { recursive: true, force: true })
  fs.symlinkSync(cc, join(BUILD_FOLDER, 'cc'), 'junction')
  const gyp = bindingGyp({
    ...opencv,
    sources: sources.map((source) => `cc/${source}`),
    nanDir: repoPath('node_modules/nan'),
    platform: process.platform,
  })
  fs.writeFileSync(join(BUILD_FOLDER, 'binding.gyp'), JSON.stringify(gyp, undefined, 2))
  return sources
}

/**
 * @param {string[]} sources in the order in which they are compiled
 * @param {number} jobs how many at a time
 * @param {number} started
 * @returns {string} such as `12 of 22 files, about 25 s left`
 */
function compiled(sources, jobs, started) {
  /** @param {string} source */
  const isDone = (source) => fs.existsSync(join(OBJECTS, source.replace(/cc$/, 'o')))
  const done = sources.filter(isDone)
  const underWay = sources.filter((source) => !isDone(source)).slice(0, jobs)
  /** @param {string[]} files */
  const weight = (files) => files.reduce((sum, file) => sum + weightOf(file), 0)
  const share = (weight(done) + weight(underWay) / 2) / weight(sources)
  const left = done.length > 2 ? ((performance.now() - started) * (1 - share)) / share : undefined
  const text = `${done.length} of ${sources.length} files`
  return left === undefined ? text : `${text}, about ${spoken(left)} left`
}
