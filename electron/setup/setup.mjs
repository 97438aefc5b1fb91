/**
 * `npm run setup`: brings the machine and the repository to where Roadward runs. What is there
 * already is left alone. Nothing is compiled yet when this runs, so it is plain JavaScript.
 */

import { realpathSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

import { probe } from './facts.mjs'
import { plan } from './plan.mjs'
import { SetupError } from './run.mjs'
import { tryDatabaseAgain } from './sqlite.mjs'
import { carryOut } from './steps.mjs'
import { spoken } from './words.mjs'

/**
 * @returns {Promise<number>} how many steps there were to do
 * @throws {SetupError} with what a person has to do
 */
async function setUp() {
  const decided = plan(probe())
  if (decided.kind === 'problem') throw new SetupError(decided.message, decided.tip)
  for (const step of decided.steps) await carryOut(step)
  return decided.steps.length
}

/**
 * Sets up and, when that failed, says so and ends the process.
 */
export async function setUpOrExit() {
  const started = performance.now()
  try {
    const count = await setUp()
    if (count > 0) process.stderr.write(`Set-up done in ${spoken(performance.now() - started)}.\n`)
    return count
  } catch (error) {
    reportFailure(error)
    process.exit(1)
  }
}

/** @param {unknown} error */
export function reportFailure(error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`${error.message}\n${error.tip}\n`)
}

/** @param {string} url of a module: whether it is the program that was started */
export function isMain(url) {
  const program = process.argv[1]
  return program !== undefined && realpathSync(program) === realpathSync(fileURLToPath(url))
}

if (isMain(import.meta.url)) {
  tryDatabaseAgain()
  if ((await setUpOrExit()) === 0) {
    process.stderr.write('Nothing to do: everything is in place. Next: npm start\n')
  }
}
