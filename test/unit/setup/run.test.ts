import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { repoPath } from '../../../electron/setup/paths.mjs'
import { SetupError, run } from '../../../electron/setup/run.mjs'
import { causeOf, spoken } from '../../../electron/setup/words.mjs'

/** Runs a Node one-liner as a step of the set-up, and gives what it failed with. */
async function failureOf(script: string, log: string): Promise<SetupError> {
  const failing = run({
    program: process.execPath,
    args: ['-e', script],
    log,
    doing: 'trying',
    needs: 'the registry',
  })
  const error: unknown = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof SetupError) return error
  throw new Error(`expected a SetupError, got ${String(error)}`)
}

describe('a command of the set-up', () => {
  it('keeps all it said in a log and names it when it fails', async () => {
    const script =
      'console.log("the first line"); console.error("error: it broke"); process.exit(3)'
    const { message, tip } = await failureOf(script, 'test-failing')
    expect(message).toBe('Failed: trying (exit 3).')
    expect(tip).toMatch(/error: it broke\n.*\.cache\/setup\/test-failing\.log$/)
    const log = repoPath('.cache/setup/test-failing.log')
    expect(readFileSync(log, 'utf8')).toContain('the first line')
  })

  it('says in plain words that a registry was not reached', async () => {
    const script = 'console.error("npm error code EAI_AGAIN"); process.exit(1)'
    const { tip } = await failureOf(script, 'test-network')
    expect(tip).toMatch(/^Not reached: the registry\. Check the network/)
  })

  it('hears the status lines of a program that reports on a third channel', async () => {
    const lines: string[] = []
    await run({
      program: process.execPath,
      args: ['-e', 'require("fs").writeSync(3, "dlstatus:1:50:half\\n")'],
      log: 'test-status',
      doing: 'trying',
      onStatus: (line) => lines.push(line),
    })
    expect(lines).toEqual(['dlstatus:1:50:half'])
    expect(existsSync(repoPath('.cache/setup/test-status.log'))).toBe(true)
  })

  it('says that a program is not there', async () => {
    const failing = run({
      program: 'no-such-program',
      args: [],
      log: 'test-absent',
      doing: 'trying',
    })
    await expect(failing).rejects.toThrow(/no-such-program ENOENT/)
  })
})

describe('the cause of a failure, by its log', () => {
  it.each([
    ['npm error network request to the registry failed', 'network'],
    ['W: Failed to fetch InRelease  Temporary failure resolving the mirror', 'network'],
    [
      'npm error `npm ci` can only install packages when your package.json and ...',
      'lock-mismatch',
    ],
    ['cp: error writing: No space left on device', 'no-space'],
    ["EACCES: permission denied, mkdir '/repo/node_modules'", 'permission'],
    ['Mat.cc:12: error: expected ;', 'unknown'],
  ] as const)('%s: %s', (log, cause) => {
    expect(causeOf(log)).toBe(cause)
  })
})

describe('a time for people', () => {
  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [125_000, '2 min 05 s'],
  ])('%i ms is %s', (ms, text) => {
    expect(spoken(ms)).toBe(text)
  })
})
