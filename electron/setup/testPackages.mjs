/** Debian's packages that the browser and RTSP suites need (`test/*\/debian-packages.txt`). */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { privilege, systemFacts } from './facts.mjs'
import { repoPath } from './paths.mjs'
import { aptCommand } from './plan.mjs'
import { SetupError } from './run.mjs'
import { carryOut } from './steps.mjs'

/**
 * @param {readonly string[]} wanted
 * @param {string} listed what `dpkg-query` prints: a name and its state a line
 * @returns {string[]} those that are not installed
 */
export function missingPackages(wanted, listed) {
  const installed = new Set(
    listed
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  return wanted.filter((name) => !installed.has(name))
}

/**
 * @param {readonly string[]} missing
 * @param {{ isDebianLike: boolean, privilege: 'root' | 'sudo' | 'none' }} machine
 * @returns {{ kind: 'nothing' } | { kind: 'install', sudo: boolean } | { kind: 'tell', text: string }}
 */
export function decide(missing, machine) {
  if (missing.length === 0) return { kind: 'nothing' }
  const skipped = 'Tests that need a browser or an RTSP server are skipped'
  if (!machine.isDebianLike) return { kind: 'tell', text: `${skipped}: this is no Debian.\n` }
  if (machine.privilege === 'none') {
    const command = aptCommand(missing)
    return { kind: 'tell', text: `${skipped}. To run them, as root:\n  ${command}\n` }
  }
  return { kind: 'install', sudo: machine.privilege === 'sudo' }
}

/** Installs them where it may; otherwise says what is skipped, and goes on. */
export async function installTestPackages() {
  const { isDebianLike } = systemFacts()
  const missing = isDebianLike ? missingPackages(wantedPackages(), dpkgList()) : wantedPackages()
  const rights = isDebianLike && missing.length > 0 ? privilege() : 'none'
  const decided = decide(missing, { isDebianLike, privilege: rights })
  if (decided.kind === 'tell') process.stderr.write(decided.text)
  if (decided.kind !== 'install') return
  try {
    await carryOut({ kind: 'system', packages: missing, sudo: decided.sudo })
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`${error.message}\n${error.tip}\nThe tests that need them are skipped.\n`)
  }
}

/** @returns {string[]} */
function wantedPackages() {
  const top = repoPath('test')
  return readdirSync(top)
    .map((folder) => join(top, folder, 'debian-packages.txt'))
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((name) => name !== '')
}

/** Of all packages: asked for by name, it would fail for one that it has never heard of. */
function dpkgList() {
  const format = '${Package} ${db:Status-Status}\\n'
  const { stdout = '' } = spawnSync('dpkg-query', ['-W', `-f=${format}`], {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  })
  return stdout
}
