/**
 * `node electron/setup/stage.mjs [FOLDER]`: lays out what a package of Electron carries beside its
 * archive (`resources/`): a plain Node, and the engine with all that it loads. electron-builder
 * takes it from there (`electron-builder.yml`).
 */

import * as fs from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

import { repoPath } from './paths.mjs'

/** Packages that plain Node processes load; what these need comes along. */
const PACKAGES = [
  'zod',
  'onnxruntime-node',
  '@u4/opencv4nodejs',
  'better-sqlite3',
  'mediabunny',
  'csv-parse',
]

/** Compiled layers that those processes are made of; windows and commands stay behind. */
const LAYERS = ['core', 'contract', 'engine', 'viewer', 'archive', 'app/exports/privacy']

/** Parts of packages that only compile or document them. */
const SOURCES = /^(cc|deps|src|typings|types|test|obj|obj\.target)$/
const DOCUMENTS = /\.(map|md|markdown|c|cc|cpp|h|hpp|gyp|gypi|ts|mts|cts|pdb)$/i

/**
 * @param {string} folder is emptied first
 * @param {string} [nodeBinary] of the platform of the package
 */
export function stage(
  folder,
  nodeBinary = process.env['ROADWARD_NODE_BINARY'] ?? process.execPath,
) {
  fs.rmSync(folder, { recursive: true, force: true })
  const roadward = join(folder, 'roadward')
  copy(nodeBinary, join(folder, 'node', process.platform === 'win32' ? 'node.exe' : 'node'))
  copy(repoPath('package.json'), join(roadward, 'package.json'))
  for (const layer of LAYERS) {
    copyTree(repoPath(`dist/${layer}`), join(roadward, 'dist', layer), (file) =>
      file.endsWith('.js'),
    )
  }
  copyTree(repoPath('models'), join(roadward, 'models'), (file) =>
    /^(statefarm|demo)[\\/][^\\/]+\.(json|onnx|md)$/.test(file),
  )
  for (const name of ['drive.mp4', 'truth.json']) {
    copy(repoPath(`assets/demo/${name}`), join(roadward, 'assets/demo', name))
  }
  copy(repoPath('assets/icons/icon.png'), join(roadward, 'assets/icons/icon.png'))
  for (const name of closure(PACKAGES)) {
    copyTree(repoPath(`node_modules/${name}`), join(roadward, 'node_modules', name), isNeeded)
  }
}

/**
 * @param {string[]} roots
 * @returns {string[]} the packages and all that they depend on, as the lock file has them
 */
function closure(roots) {
  const text = fs.readFileSync(repoPath('package-lock.json'), 'utf8')
  /** @type {{ packages: Record<string, { dependencies?: Record<string, string> }> }} */
  const { packages } = JSON.parse(text)
  const seen = new Set(roots)
  for (const name of seen) {
    const { dependencies = {} } = packages[`node_modules/${name}`] ?? {}
    for (const each of Object.keys(dependencies)) seen.add(each)
  }
  return [...seen].filter((name) => fs.existsSync(repoPath(`node_modules/${name}`)))
}

/** @param {string} file relative to its package */
function isNeeded(file) {
  const [first = '', ...rest] = file.split(sep)
  if (SOURCES.test(first) || rest.includes('test') || DOCUMENTS.test(file)) return false
  // ONNX Runtime brings all platforms: bin/napi-v6/linux/x64/…
  const [, platform, arch] = first === 'bin' && rest[0]?.startsWith('napi-') ? rest : []
  if (platform === undefined) return !/^build[\\/]Release[\\/](?!.*\.node$)/.test(file)
  return platform === process.platform && (arch === undefined || arch === process.arch)
}

/**
 * @param {string} from
 * @param {string} to
 * @param {(file: string) => boolean} wanted
 */
function copyTree(from, to, wanted) {
  for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const name = relative(from, file)
    if (wanted(name)) copy(file, join(to, name))
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  fs.mkdirSync(dirname(to), { recursive: true })
  // A link costs nothing where both are on one disk; a package needs a file of its own either way.
  fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  stage(process.argv[2] ?? repoPath('.cache/package/resources'))
}
