import { Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { openEnsemble } from '../../../../electron/engine/inference/ensemble.ts'
import type { Runtime, Session } from '../../../../electron/engine/inference/runtime.ts'
import { rawFold, rawManifest, TestFolder } from './support/ensembleFolder.ts'
import { fakeRuntime } from './support/fakeRuntime.ts'

const zeros = () => Array<number>(10).fill(0)

/** A runtime whose only network is unusual in one respect. */
function unusual(changes: Partial<Session>): Runtime {
  const runtime = fakeRuntime({ a: zeros })
  return {
    ...runtime,
    open: async (...args) => ({ ...(await runtime.open(...args)), ...changes }),
  }
}

async function codeAndWords(runtime: Runtime): Promise<readonly [string, string]> {
  await using folder = await TestFolder.of(rawManifest([rawFold('a')]))
  const opening = openEnsemble(folder.path, { runtime, providers: ['cpu'] })
  const { code, message } = await opening.then(
    () => ({ code: 'opened', message: '' }),
    (error: unknown) => error as { code: string; message: string },
  )
  return [code, message.replace(/^.*fold "a": /, '')]
}

const input = { name: 'input', isTensor: true, type: 'float32' } as const
const output = { name: 'logits', isTensor: true } as const

describe('a network that does not keep to its manifest', () => {
  it('wants a second input', async () => {
    expect(await codeAndWords(unusual({ inputNames: ['input', 'speed'] }))).toEqual([
      'model-input-name',
      'input.name is "input", but the network\'s inputs are "input", "speed".',
    ])
  })

  it('takes no tensor', async () => {
    const inputMetadata = [{ name: 'input', isTensor: false } as const]
    expect(await codeAndWords(unusual({ inputMetadata }))).toEqual([
      'model-input-dtype',
      'input.dtype is "float32", but the network takes no tensor.',
    ])
  })

  it('takes another number of dimensions', async () => {
    const inputMetadata = [{ ...input, shape: ['batch', 144] }]
    expect(await codeAndWords(unusual({ inputMetadata }))).toEqual([
      'model-input-shape',
      'input.shape is [1, 3, 6, 8], but the network takes [batch, 144].',
    ])
  })

  it('gives doubles', async () => {
    const outputMetadata = [{ ...output, type: 'float64' as const, shape: [1, 10] }]
    expect(await codeAndWords(unusual({ outputMetadata }))).toEqual([
      'model-output-dtype',
      'output "logits" must be a float32 tensor, but the network gives float64.',
    ])
  })

  it('leaves its class count open and gives eleven', async () => {
    const runtime = fakeRuntime({ a: () => Array<number>(11).fill(0) })
    expect(await codeAndWords(runtime)).toEqual([
      'model-class-count',
      'output "logits" must give 10 classes, but its shape is [1, 11].',
    ])
  })

  it('gives another type than it declares', async () => {
    const run = () => Promise.resolve({ logits: new Tensor('int32', new Int32Array(10), [1, 10]) })
    expect(await codeAndWords(unusual({ run }))).toEqual([
      'model-output-dtype',
      'output "logits" is not a float32 tensor.',
    ])
  })

  it('gives probabilities below 0', async () => {
    await using folder = await TestFolder.of(
      rawManifest([rawFold('a', { output: { name: 'logits', kind: 'probabilities' } })]),
    )
    const runtime = fakeRuntime({ a: () => [2, -1, 0, 0, 0, 0, 0, 0, 0, 0] })
    await expect(openEnsemble(folder.path, { runtime, providers: ['cpu'] })).rejects.toMatchObject({
      code: 'model-output-kind',
      tip: 'Set output.kind to "logits".',
    })
    expect(runtime.released).toEqual(['a'])
  })
})
