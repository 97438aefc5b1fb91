/** Runs one command of the set-up, its output kept in a log. */

import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { createInterface } from 'node:readline'

import { repoPath } from './paths.mjs'
import { causeOf } from './words.mjs'

/** A failure of the set-up that a person can act on. */
export class SetupError extends Error {
  /**
   * @param {string} message what went wrong
   * @param {string} tip what to do about it
   */
  constructor(message, tip) {
    super(message)
    this.name = 'SetupError'
    this.tip = tip
  }
}

/**
 * @typedef {object} Command
 * @property {string} program
 * @property {string[]} args
 * @property {string} log name of the log in `.cache/setup`, without its ending
 * @property {string} doing what it does, for the message when it fails: `installing npm packages`
 * @property {string} [needs] what it fetches from elsewhere, for when that is out of reach
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] on top of the environment of this process
 * @property {(line: string) => void} [onStatus] a line on file descriptor 3, which is then opened
 */

/**
 * @param {Command} command
 * @returns {Promise<void>} rejected with a `SetupError` that names the log
 */
export async function run({ program, args, log, doing, needs, cwd, env, onStatus }) {
  const file = repoPath(`.cache/setup/${log}.log`)
  mkdirSync(repoPath('.cache/setup'), { recursive: true })
  const stream = createWriteStream(file)
  stream.write(`$ ${program} ${args.join(' ')}\n`)

  const child = spawn(program, args, {
    cwd: cwd ?? repoPath('.'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', onStatus ? 'pipe' : 'ignore'],
  })
  child.stdout?.pipe(stream, { end: false })
  child.stderr?.pipe(stream, { end: false })
  const status = /** @type {import('node:stream').Readable | null | undefined} */ (child.stdio[3])
  if (onStatus && status) createInterface({ input: status }).on('line', onStatus)

  const problem = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(code === 0 ? undefined : `${signal ?? code}`))
  })
  await new Promise((resolve) => stream.end(resolve))
  if (problem !== undefined) throw failure(doing, needs, file, problem)
}

/**
 * @param {string} doing
 * @param {string | undefined} needs
 * @param {string} file
 * @param {string} problem
 */
function failure(doing, needs, file, problem) {
  const text = readFileSync(file, 'utf8')
  const name = relative(process.cwd(), file)
  const tips = {
    network:
      `Not reached: ${needs ?? 'the network'}. Check the network and the proxy settings, then run ` +
      'the command again; what is done already is not done twice.',
    'lock-mismatch': 'package.json and package-lock.json disagree: run `npm install`.',
    'no-space': 'The disk is full: free 3 GB and run the command again.',
    permission: 'A file may not be written by this user: check who owns the repository.',
    unknown: lastLines(text),
  }
  return new SetupError(
    `Failed: ${doing} (exit ${problem}).`,
    `${tips[causeOf(text)]}\nEverything it said: ${name}`,
  )
}

/** @param {string} text */
function lastLines(text) {
  const lines = text.trimEnd().split('\n')
  const errors = lines.filter(
    (line) => /\berror\b/i.test(line) && !/^gyp |^npm (error|ERR!) A complete log/.test(line),
  )
  return (errors.length > 0 ? errors.slice(0, 5) : lines.slice(-5)).join('\n')
}
