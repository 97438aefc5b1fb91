import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { ensureBuilt } from '../../support/build.ts'

const TOOL = fileURLToPath(new URL('../../tools/kill-archive.mjs', import.meta.url))
/** The tool by itself does 300. */
const KILLS = 20

beforeAll(ensureBuilt, 60_000)

describe('an archive that is killed while it writes', () => {
  it('has lost nothing that it said was written, every time', async () => {
    const args = [TOOL, '--kills', `${KILLS}`, '--seed', '42']
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const result = JSON.parse(stdout) as { kills: number; batches: number; faults: string[] }
    expect(result.faults).toEqual([])
    expect(result.kills).toBe(KILLS)
    expect(result.batches).toBeGreaterThan(0)
  }, 180_000)
})
