/** Carries out the steps that `plan.mjs` decided on. */

import { compile, installKept } from './binding.mjs'
import { build, isBuilt } from './built.mjs'
import { existsSync } from 'node:fs'
import { findOpencv } from './opencv.mjs'
import { repoPath } from './paths.mjs'
import { step } from './progress.mjs'
import { buildRenderer, isRendererBuilt } from './renderer.mjs'
import { SetupError, run } from './run.mjs'
import { compileDatabase, giveUpDatabase, installKeptDatabase } from './sqlite.mjs'

/** @param {import('./plan.mjs').Step} wanted */
export function carryOut(wanted) {
  switch (wanted.kind) {
    case 'system':
      return installSystemPackages(wanted.packages, wanted.sudo)
    case 'packages':
      return installNpmPackages(wanted.reason)
    case 'binding':
      return wanted.how === 'copy'
        ? step('OpenCV binding: taking the one compiled before', async () => installKept())
        : compileBinding()
    case 'database':
      return wanted.how === 'copy'
        ? step('Database: taking the one compiled before', async () => installKeptDatabase())
        : withoutDatabaseOnFailure()
    case 'without-database':
      return withoutDatabase(`Missing on this machine: ${wanted.missing.join(', ')}.`)
    case 'build':
      return step('Building dist/ from the TypeScript sources', buildStale)
  }
}

async function buildStale() {
  if (!isBuilt()) await build()
  // After it: a build that clears dist/ takes the screen with it.
  if (!isRendererBuilt()) await buildRenderer()
}

/**
 * @param {string[]} packages
 * @param {boolean} sudo
 */
function installSystemPackages(packages, sudo) {
  process.stderr.write(
    `Roadward now calls apt-get${sudo ? ' with sudo' : ''} to install: ${packages.join(', ')}.\n`,
  )
  const apt = sudo ? ['sudo', '-n', 'apt-get'] : ['apt-get']
  return step(`System packages: ${packages.join(', ')} (apt-get)`, async (progress) => {
    // sudo closes the descriptor on which apt-get reports its progress.
    const status = sudo ? [] : ['-o', 'APT::Status-Fd=3']
    /**
     * @param {string} log
     * @param {string[]} args
     */
    const aptGet = (log, ...args) =>
      run({
        program: `${apt[0]}`,
        args: [...apt.slice(1), '-o', 'DPkg::Lock::Timeout=300', ...status, ...args],
        env: { DEBIAN_FRONTEND: 'noninteractive' },
        log,
        doing: 'installing system packages with apt-get',
        needs: "the system's package mirror, which the files in /etc/apt name",
        onStatus: (line) => progress.update(aptStatus(line)),
      })
    progress.update('reading the package lists')
    // One list out of reach does no harm when the packages come from another.
    const update = await Promise.allSettled([aptGet('apt-update', 'update')])
    try {
      await aptGet('apt', 'install', '-y', '--no-install-recommends', ...packages)
    } catch (error) {
      throw update[0].status === 'rejected' ? update[0].reason : error
    }
  })
}

/**
 * @param {string} line such as `dlstatus:3:42.5:Retrieving file 3 of 9` or `pmstatus:make:60:...`
 */
function aptStatus(line) {
  const [kind, , percent] = line.split(':')
  const verb = kind === 'dlstatus' ? 'downloading' : 'installing'
  return `${verb}, ${Math.round(Number(percent) || 0)} %`
}

/** @param {string} reason */
function installNpmPackages(reason) {
  const locked = existsSync(repoPath('package-lock.json'))
  // The npm that started this, when one did: on Windows `npm` itself is no program.
  const npm = process.env['npm_execpath']
  const [program, ...first] = npm?.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm']
  return step(`npm packages (missing or outdated: ${reason})`, () =>
    run({
      program,
      // .npmrc says so too, but a user's own configuration may say otherwise.
      args: [
        ...first,
        locked ? 'ci' : 'install',
        '--ignore-scripts',
        '--prefer-offline',
        '--no-audit',
        '--no-fund',
      ],
      log: 'npm',
      doing: 'installing npm packages',
      needs: 'the npm registry, which `npm config get registry` names',
    }),
  )
}

function compileBinding() {
  const opencv = findOpencv(process.env)
  if (opencv === undefined) {
    throw new SetupError(
      'OpenCV is not where it was looked for.',
      'Set OPENCV_INCLUDE_DIR and OPENCV_LIB_DIR to the folders of its headers and libraries.',
    )
  }
  return step(`OpenCV binding: compiling it for OpenCV ${opencv.version}`, (progress) =>
    compile(opencv, progress),
  )
}

/** Watching drives does not need it: a failure is told, and the rest of the set-up goes on. */
async function withoutDatabaseOnFailure() {
  try {
    await step('Database of recorded drives: compiling it', compileDatabase)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    await withoutDatabase(`${error.message}\n${error.tip}`)
  }
}

/** @param {string} reason */
async function withoutDatabase(reason) {
  giveUpDatabase()
  process.stderr.write(
    `${reason}\nRoadward runs, but records no drives. To try again: npm run setup\n`,
  )
}
