import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, it } from 'vitest'
import { loadRuntime } from '../../../../electron/engine/inference/runtime.ts'
import { RuntimeThread } from '../../../../electron/engine/inference/runtimeThread.ts'

const FOLD = fileURLToPath(new URL('../../../fixtures/ensembles/tiny/fold-1.onnx', import.meta.url))
/** Takes milliseconds a run, as the tiny ones do not. */
const SLOWER = fileURLToPath(new URL('../../../../models/demo/fold-1.onnx', import.meta.url))
const DYING = fileURLToPath(new URL('../../../support/exitInMidFrame.mjs', import.meta.url))
const SHAPE = [1, 3, 60, 80]
const OPTIONS = { executionProviders: ['cpu'], intraOpNumThreads: 1 }

const here = await loadRuntime()
const picture = (level: number) => here.tensor(new Float32Array(3 * 60 * 80).fill(level), SHAPE)

describe('a runtime on a thread of its own', () => {
  const thread = new RuntimeThread(here)
  afterAll(() => thread.close())

  it('declares and answers what the runtime of this thread does', async () => {
    const ours = await here.open(FOLD, OPTIONS)
    const theirs = await thread.open(FOLD, OPTIONS)
    for (const key of ['inputNames', 'outputNames', 'inputMetadata', 'outputMetadata'] as const) {
      expect(theirs[key]).toEqual(ours[key])
    }
    const expected = await ours.run({ input: picture(0.5) }, ['logits'])
    const given = await theirs.run({ input: picture(0.5) }, ['logits'])
    expect(given['logits']?.data).toEqual(expected['logits']?.data)
    expect(given['logits']?.dims).toEqual([1, 10])
    await Promise.all([ours.release(), theirs.release()])
  })

  it('fills the tensors that it is given, again and again', async () => {
    const session = await thread.open(FOLD, OPTIONS)
    const values = new Float32Array(10)
    const fetches = { logits: here.tensor(values, [1, 10]) }
    const input = picture(0.2)
    await session.run({ input }, fetches)
    const first = Array.from(values)
    ;(input.data as Float32Array).fill(0.9)
    await session.run({ input }, fetches)
    const second = Array.from(values)

    const check = await session.run({ input: picture(0.9) }, ['logits'])
    expect(second).toEqual(Array.from(check['logits']?.data as Float32Array))
    expect(second).not.toEqual(first)
    await session.release()
  })

  it('reads what it is fed before run returns', async () => {
    const session = await thread.open(FOLD, OPTIONS)
    const input = picture(0.3)
    const answer = session.run({ input }, ['logits'])
    ;(input.data as Float32Array).fill(0.8)
    const again = await session.run({ input: picture(0.3) }, ['logits'])
    expect((await answer)['logits']?.data).toEqual(again['logits']?.data)
    await session.release()
  })

  it('passes on why a file cannot be opened or run, and goes on', async () => {
    await expect(thread.open(fileURLToPath(import.meta.url), OPTIONS)).rejects.toThrow(
      /[Pp]rotobuf/,
    )
    const session = await thread.open(FOLD, OPTIONS)
    const wrong = here.tensor(new Float32Array(4), [1, 4])
    await expect(session.run({ input: wrong }, ['logits'])).rejects.toThrow(/[Ii]nvalid/)
    const { logits } = await session.run({ input: picture(0) }, ['logits'])
    expect(logits?.dims).toEqual([1, 10])
    await session.release()
    await expect(session.run({ input: picture(0) }, ['logits'])).rejects.toThrow('no session')
  })

  it('says that its thread has ended, and frees nothing twice', async () => {
    const other = new RuntimeThread(here)
    const session = await other.open(FOLD, OPTIONS)
    await other.close()
    await expect(session.run({ input: picture(0) }, ['logits'])).rejects.toThrow(
      'the thread of its networks has ended',
    )
    await expect(session.release()).resolves.toBeUndefined()
    await other.close()
  })

  it('lets its process exit in the middle of a frame without a crash', () => {
    const { status, signal, stderr } = spawnSync(
      process.execPath,
      [DYING, SLOWER, JSON.stringify([1, 3, 120, 160])],
      { encoding: 'utf8' },
    )
    expect({ status, signal, stderr }).toEqual({ status: 7, signal: null, stderr: '' })
  })
})

describe('the telemetry of the runtime', () => {
  it('is off before a thread could load it with a copy of the environment', async () => {
    const entry = new URL('../../../../dist/engine/inference/runtime.js', import.meta.url).href
    const code = `import(${JSON.stringify(entry)}).then((m) => m.loadRuntime())`
    const worker = new Worker(code, { eval: true, env: {} })
    const [error] = (await once(worker, 'error')) as [Error]
    expect(error).toMatchObject({ name: 'RangeError' })
    expect(process.env['ORT_DISABLE_TELEMETRY']).toBe('1')
  })
})
