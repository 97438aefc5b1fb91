import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { method } from '../../../electron/contract/rpc.ts'
import { RpcProcess } from '../../../electron/app/supervision/rpcProcess.ts'

const ENTRY = fileURLToPath(new URL('../../support/moodyProcess.mjs', import.meta.url))
const methods = { echo: method(z.object({ n: z.number() }), z.number()) }

let child: RpcProcess<typeof methods> | undefined
afterEach(async () => {
  await child?.[Symbol.asyncDispose]()
})

function moody(...args: string[]): RpcProcess<typeof methods> {
  const { execPath } = process
  const options = { name: 'It', code: 'moody', entry: ENTRY, args, execPath, hangsAfterMs: 3000 }
  child = new RpcProcess(methods, options)
  return child
}

describe('a process that answers questions', () => {
  it('answers each with its own answer', async () => {
    const asked = moody()
    expect(await Promise.all([5, 6, 7].map((n) => asked.call('echo', { n })))).toEqual([5, 6, 7])
  })

  it('tells whoever waits that it died, and why, and lives again for the next', async () => {
    const asked = moody()
    await asked.call('echo', { n: 1 })
    const first = asked.pid
    await expect(asked.call('echo', { n: 13 })).rejects.toMatchObject({
      code: 'moody',
      message: expect.stringContaining('thirteen is unlucky') as unknown,
    })
    expect(await asked.call('echo', { n: 2 })).toBe(2)
    expect(asked.pid).not.toBe(first)
  })

  it('is started again when it hangs, and whoever waits is told', async () => {
    const asked = moody()
    await asked.call('echo', { n: 1 })
    const first = asked.pid ?? Number.NaN
    process.kill(first, 'SIGSTOP')
    await expect(asked.call('echo', { n: 2 })).rejects.toMatchObject({
      code: 'moody',
      message: expect.stringContaining('did not answer') as unknown,
    })
    expect(await asked.call('echo', { n: 3 })).toBe(3)
    expect(asked.pid).not.toBe(first)
  })

  it('is left alone when it dies again and again', async () => {
    const asked = moody('stillborn')
    const messages: string[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      await asked.call('echo', { n: 1 }).catch((error: unknown) => {
        messages.push(String(error))
      })
    }
    expect(messages.at(-1)).toContain('several times in a row')
    expect(asked.pid).toBeUndefined()
  })
})
