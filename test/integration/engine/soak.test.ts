import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../../support/build.ts'

const TOOL = fileURLToPath(new URL('../../tools/soak.mjs', import.meta.url))
/** The tool by itself does 300. */
const MOMENTS = 30

beforeAll(ensureBuilt, 60_000)

describe('a live drive on which everything happens', () => {
  it('is watched again each time, loses nothing and leaves no process', async () => {
    const args = [TOOL, '--moments', `${MOMENTS}`, '--seed', '7']
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const result = JSON.parse(stdout) as { moments: number; frames: number; faults: string[] }
    expect(result.faults).toEqual([])
    expect(result.moments).toBe(MOMENTS)
    expect(result.frames).toBeGreaterThan(0)
  }, 300_000)
})
