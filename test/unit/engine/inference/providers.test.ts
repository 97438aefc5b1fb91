import { describe, expect, it } from 'vitest'
import { openEnsemble } from '../../../../electron/engine/inference/ensemble.ts'
import { hasNvidiaCard, reasonOf } from '../../../../electron/engine/inference/providers.ts'
import { rawFold, rawManifest, TestFolder } from './support/ensembleFolder.ts'
import { fakeRuntime } from './support/fakeRuntime.ts'

const NO_CUDA = 'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library'
const zeros = () => Array<number>(10).fill(0)
const NETWORKS = { a: zeros, b: zeros }
const ALL = ['cpu', 'cuda', 'tensorrt']
const manifest = rawManifest([rawFold('a'), rawFold('b')])

describe('choosing an execution provider', () => {
  it('uses the graphics card when it works', async () => {
    await using folder = await TestFolder.of(manifest)
    const runtime = fakeRuntime(NETWORKS)
    await using ensemble = await openEnsemble(folder.path, { runtime })
    expect(ensemble).toMatchObject({ provider: 'cuda', problems: [] })
    expect(runtime.opened).toEqual(['cuda:a', 'cuda:b'])
  })

  it('falls back to the processor with one notice, and does not try the card for every fold', async () => {
    await using folder = await TestFolder.of(manifest)
    const runtime = fakeRuntime(NETWORKS, ALL, { cuda: NO_CUDA })
    await using ensemble = await openEnsemble(folder.path, { runtime, providers: ['cuda', 'cpu'] })
    expect(ensemble.provider).toBe('cpu')
    expect(ensemble.problems).toEqual([
      {
        severity: 'warning',
        code: 'provider-fallback',
        message:
          'The graphics card is not used, because the libraries of cuda are not installed: running on cpu.',
        tip: expect.stringContaining('onnxruntime-node/script/install') as string,
      },
    ])
    expect(runtime.opened).toEqual(['cuda:a', 'cpu:a', 'cpu:b'])
  })

  it('only informs when nobody asked for the card that is there', async () => {
    await using folder = await TestFolder.of(manifest)
    const runtime = fakeRuntime(NETWORKS, ALL, { cuda: NO_CUDA })
    await using ensemble = await openEnsemble(folder.path, { runtime, hasCard: true })
    expect(ensemble.problems.map(({ severity }) => severity)).toEqual(['info'])
  })

  it('says nothing of a card that this computer does not have', async () => {
    await using folder = await TestFolder.of(manifest)
    const runtime = fakeRuntime(NETWORKS, ALL, { cuda: NO_CUDA })
    await using ensemble = await openEnsemble(folder.path, { runtime, hasCard: false })
    expect(ensemble).toMatchObject({ provider: 'cpu', problems: [] })
  })

  it('goes down the whole list in order', async () => {
    await using folder = await TestFolder.of(manifest)
    const runtime = fakeRuntime(NETWORKS, ALL, { tensorrt: 'no TensorRT', cuda: NO_CUDA })
    await using ensemble = await openEnsemble(folder.path, {
      runtime,
      providers: ['dml', 'tensorrt', 'cuda', 'cpu'],
    })
    expect(ensemble.provider).toBe('cpu')
    expect(ensemble.problems.map(({ message }) => message)).toEqual([
      'The execution provider dml cannot be used (this build of ONNX Runtime does not have it): running on cpu.',
      'The execution provider tensorrt cannot be used (no TensorRT): running on cpu.',
      'The graphics card is not used, because the libraries of cuda are not installed: running on cpu.',
    ])
    // dml is never handed to a runtime that would drop it in silence.
    expect(runtime.opened.slice(0, 3)).toEqual(['tensorrt:a', 'cuda:a', 'cpu:a'])
  })

  it('does not blame the card for a broken model', async () => {
    await using folder = await TestFolder.of(manifest)
    const runtime = fakeRuntime({ b: zeros })
    await using ensemble = await openEnsemble(folder.path, { runtime, allowBroken: true })
    expect(ensemble.provider).toBe('cuda')
    expect(ensemble.problems.map(({ code }) => code)).toEqual(['model-not-onnx'])
  })

  it('names both providers when one fold needs the other', async () => {
    await using folder = await TestFolder.of(manifest)
    const fine = fakeRuntime(NETWORKS)
    const runtime = {
      ...fine,
      open: (...args: Parameters<typeof fine.open>) =>
        args[0].endsWith('b.onnx') && args[1].executionProviders?.[0] === 'cuda'
          ? Promise.reject(new Error('out of memory'))
          : fine.open(...args),
    }
    await using ensemble = await openEnsemble(folder.path, { runtime, hasCard: true })
    expect(ensemble.provider).toBe('cuda+cpu')
    expect(ensemble.problems.map(({ code }) => code)).toEqual(['provider-fallback'])
  })

  it('does not use the processor for somebody who asked for the card alone', async () => {
    await using folder = await TestFolder.of(manifest)
    const runtime = fakeRuntime(NETWORKS, ALL, { cuda: NO_CUDA })
    const opening = openEnsemble(folder.path, { runtime, providers: ['cuda'] })
    await expect(opening).rejects.toMatchObject({
      code: 'provider-unavailable',
      message: expect.stringContaining(`(cuda: ${NO_CUDA})`) as string,
      tip: expect.stringContaining('Or ask for cpu too.') as string,
    })
  })

  it.each([[['gpu']], [[]]])('refuses the wish %j with the list of names', async (providers) => {
    await expect(openEnsemble('anywhere', { providers })).rejects.toMatchObject({
      code: 'provider-unknown',
      tip: 'Choose from cpu, cuda, tensorrt, dml, coreml.',
    })
  })
})

describe('an NVIDIA card', () => {
  const there =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path)

  it('is told by its driver, without its libraries', () => {
    const linux = { platform: 'linux', env: {} } as const
    expect(hasNvidiaCard(there('/dev/nvidia0'), linux)).toBe(true)
    expect(hasNvidiaCard(there('/proc/driver/nvidia/version'), linux)).toBe(true)
    expect(hasNvidiaCard(there('/dev/dri/card0'), linux)).toBe(false)
    const windows = { platform: 'win32', env: { SystemRoot: '/w' } } as const
    expect(hasNvidiaCard(there('/w/System32/nvcuda.dll'), windows)).toBe(true)
    expect(hasNvidiaCard(there(), windows)).toBe(false)
  })
})

describe('the reason that the runtime gives', () => {
  it('is its first line without source paths', () => {
    const noise =
      '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 Failed to get an adapter: none.\nat x'
    expect(reasonOf(new Error(noise))).toBe('Failed to get an adapter: none')
    expect(reasonOf('thrown text')).toBe('thrown text')
  })
})
