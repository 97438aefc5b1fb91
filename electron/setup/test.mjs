/**
 * `npm test [-- arguments of vitest]`: sets up what is missing, runs the tests, and ends with a
 * line that counts them. What only tests need is installed where it may be. A part of the tests,
 * chosen with arguments, runs without coverage.
 */

import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'

import { closingLine, countVitest } from './counts.mjs'
import { repoPath } from './paths.mjs'
import { setUpOrExit } from './setup.mjs'
import { installTestPackages } from './testPackages.mjs'

const REPORT = repoPath('.cache/test/vitest.json')

await setUpOrExit()
const given = process.argv.slice(2)
// A part of the tests is asked for while working: that installs nothing.
if (given.length === 0) await installTestPackages()
rmSync(REPORT, { force: true })
const code = await runVitest(given)
const counts = readCounts()
// A threshold of coverage that was missed, or an error outside any test, fails no test.
if (code !== 0 && counts.failed === 0) {
  process.stdout.write('vitest failed although no test did: see above.\n')
  counts.failed += 1
}
process.stdout.write(`${closingLine(counts)}\n`)
process.exitCode = counts.failed > 0 ? 1 : 0

/**
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
function runVitest(args) {
  const coverage = args.length === 0 ? ['--coverage'] : []
  const child = spawn(
    process.execPath,
    [
      repoPath('node_modules/vitest/vitest.mjs'),
      'run',
      ...['--config', repoPath('test/vitest.config.ts')],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`],
      ...coverage,
      ...args,
    ],
    { stdio: 'inherit', cwd: repoPath('.') },
  )
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve(status ?? 1))
  })
}

function readCounts() {
  if (!existsSync(REPORT)) return { passed: 0, failed: 0, skipped: 0 }
  const report = /** @type {import('./counts.mjs').VitestReport} */ (
    JSON.parse(readFileSync(REPORT, 'utf8'))
  )
  return countVitest(report)
}
