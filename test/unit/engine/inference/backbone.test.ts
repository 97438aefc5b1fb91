import { describe, expect, it } from 'vitest'
import { openEnsemble } from '../../../../electron/engine/inference/ensemble.ts'
import { listEnsembles } from '../../../../electron/engine/inference/catalog.ts'
import path from 'node:path'
import { rawFold, rawManifest, sha256, TestFolder, type RawFold } from './support/ensembleFolder.ts'
import { fakeRuntime, type Network, type Ports } from './support/fakeRuntime.ts'
import { plainFrame } from './support/frames.ts'

const FEATURES = ['features', [1, 2, 1, 2]] as const
const TRUNK_CONTENT = 'the first layers'
const TRUNK = {
  file: 'trunk.onnx',
  sha256: sha256(TRUNK_CONTENT),
  output: { name: FEATURES[0], shape: FEATURES[1] },
}
const HEAD: Ports = { input: FEATURES, output: ['logits', [1, 10]] }
const PORTS = {
  trunk: { input: ['input', [1, 3, 6, 8]], output: FEATURES },
  other: { input: ['input', [1, 3, 6, 8]], output: FEATURES },
  a: HEAD,
  b: HEAD,
} as const satisfies Record<string, Ports>

/** Features that tell red from green. */
const redAndGreen: Network = (input) => [input[0] ?? 0, input[48] ?? 0, 0, 0]

/** Says `of` as surely as its picture is green. */
const head =
  (of: number): Network =>
  ([, green = 0]) =>
    Array.from({ length: 10 }, (_, index) => (index === of ? 8 * green : 0))

async function folderOf(folds: readonly RawFold[]): Promise<TestFolder> {
  const folder = await TestFolder.of(rawManifest([...folds]))
  await folder.write('trunk.onnx', TRUNK_CONTENT)
  return folder
}

const shared = [rawFold('a', { trunk: TRUNK }), rawFold('b', { trunk: TRUNK })]
const GREEN = plainFrame([0, 255, 0])

function counted(network: Network) {
  const count = { runs: 0 }
  const run: Network = (input, number) => {
    count.runs += 1
    return network(input, number)
  }
  return { count, run }
}

describe('folds that share a backbone', () => {
  it('run it once a frame and go on from what it gives', async () => {
    await using folder = await folderOf(shared)
    const trunk = counted(redAndGreen)
    const runtime = fakeRuntime({ trunk: trunk.run, a: head(3), b: head(3) }, ['cpu'], {}, PORTS)
    await using ensemble = await openEnsemble(folder.path, { runtime })
    const before = trunk.count.runs

    const result = await ensemble.predict(GREEN)

    expect(trunk.count.runs - before).toBe(1)
    expect(runtime.opened).toEqual(['cpu:trunk', 'cpu:a', 'cpu:b'])
    expect(result).toMatchObject({ top: 'c3', foldNames: ['a', 'b'], problems: [] })
    const [red = 0, green = 0] = runtime.inputs.get('a') ?? []
    expect(green).toBeGreaterThan(red)
  })

  it('stand beside folds that see the picture themselves', async () => {
    await using folder = await folderOf([...shared, rawFold('c')])
    const sure: Network = () => [9, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    const networks = { trunk: redAndGreen, a: head(0), b: head(0), c: sure }
    const runtime = fakeRuntime(networks, ['cpu'], {}, PORTS)
    await using ensemble = await openEnsemble(folder.path, { runtime })

    const alone = await ensemble.predict(GREEN, { folds: new Set(['c']) })
    const together = await ensemble.predict(GREEN)

    expect(alone.foldNames).toEqual(['c'])
    expect(together.foldNames).toEqual(['a', 'b', 'c'])
  })

  it('are all without an answer when it fails, and say whose fault it is', async () => {
    await using folder = await folderOf([...shared, rawFold('c')])
    const breaks: Network = (input, run) => {
      if (run > 1) throw new Error('out of memory')
      return redAndGreen(input, run)
    }
    const networks = { trunk: breaks, a: head(0), b: head(0), c: head(0) }
    const runtime = fakeRuntime(networks, ['cpu'], {}, PORTS)
    await using ensemble = await openEnsemble(folder.path, { runtime })

    const result = await ensemble.predict(GREEN)

    expect(result.foldNames).toEqual(['c'])
    expect(result.problems.map(({ code }) => code)).toEqual(['trunk-run-failed'])
    expect(result.problems[0]?.message).toContain('fold "a": its backbone could not run')
  })

  it('have trunks of their own where the files differ', async () => {
    const other = { ...TRUNK, file: 'other.onnx', sha256: sha256('others') }
    await using folder = await folderOf([
      rawFold('a', { trunk: TRUNK }),
      rawFold('b', { trunk: other }),
    ])
    await folder.write('other.onnx', 'others')
    const networks = { trunk: redAndGreen, other: redAndGreen, a: head(1), b: head(1) }
    const runtime = fakeRuntime(networks, ['cpu'], {}, PORTS)
    await using ensemble = await openEnsemble(folder.path, { runtime })

    await ensemble.predict(GREEN)

    expect(runtime.opened).toEqual(['cpu:trunk', 'cpu:a', 'cpu:other', 'cpu:b'])
  })

  it('close it with themselves', async () => {
    await using folder = await folderOf(shared)
    const runtime = fakeRuntime({ trunk: redAndGreen, a: head(3), b: head(3) }, ['cpu'], {}, PORTS)
    const ensemble = await openEnsemble(folder.path, { runtime })

    await ensemble.close()

    expect([...runtime.released].sort()).toEqual(['a', 'b', 'trunk'])
  })
})

describe('a trunk that does not fit', () => {
  const open = async (trunk: object, ports: Readonly<Record<string, Ports>> = PORTS) => {
    await using folder = await folderOf([rawFold('a', { trunk: { ...TRUNK, ...trunk } })])
    const runtime = fakeRuntime({ trunk: redAndGreen, a: head(3) }, ['cpu'], {}, ports)
    await using ensemble = await openEnsemble(folder.path, { runtime })
    return ensemble
  }

  it.each([
    ['is missing', { file: 'gone.onnx' }, 'model-missing', 'file gone.onnx is missing'],
    ['was changed', { sha256: sha256('else') }, 'model-hash-mismatch', 'trunk.onnx has'],
    [
      'lies elsewhere',
      { file: '../trunk.onnx' },
      'model-path-outside',
      'trunk.file must be a path',
    ],
    [
      'gives another shape',
      { output: { name: 'features', shape: [1, 2, 2, 2] } },
      'model-output-shape',
      'trunk.output.shape is [1, 2, 2, 2], but the network gives [batch, 2, 1, 2]',
    ],
    [
      'gives another name',
      { output: { name: 'maps', shape: FEATURES[1] } },
      'model-output-name',
      'trunk.output.name is "maps", but the network\'s outputs are "features"',
    ],
  ])('%s: an error that names fold and field', async (_, trunk, code, words) => {
    await expect(open(trunk)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/fold "a"/) as string,
    })
    await expect(open(trunk)).rejects.toThrow(words)
  })

  it('gives what the fold does not take: an error that names both', async () => {
    const narrow: Ports = { input: ['features', [1, 2, 1, 1]], output: ['logits', [1, 10]] }

    await expect(open({}, { ...PORTS, a: narrow })).rejects.toThrow(
      'trunk.output.shape is [1, 2, 1, 2], but the network takes [batch, 2, 1, 1]',
    )
  })

  it('is seen in the catalogue too', async () => {
    await using folder = await folderOf([rawFold('a', { trunk: { ...TRUNK, file: 'gone.onnx' } })])

    const [entry] = (await listEnsembles(path.dirname(folder.path))).filter(
      (each) => each.folder === folder.path,
    )

    expect(entry?.problem).toMatchObject({ code: 'model-missing' })
  })
})
