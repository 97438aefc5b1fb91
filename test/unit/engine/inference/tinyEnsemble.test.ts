import { cp, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { CLASSES, type ClassId } from '../../../../electron/core/labels.ts'
import { openEnsemble } from '../../../../electron/engine/inference/ensemble.ts'
import { loadRuntime } from '../../../../electron/engine/inference/runtime.ts'
import { imdecodeSync } from '../../../../electron/engine/native/opencv.ts'
import { TestFolder, type RawManifest } from './support/ensembleFolder.ts'
import { frameOf, plainFrame } from './support/frames.ts'

const TINY = fileURLToPath(new URL('../../../fixtures/ensembles/tiny/', import.meta.url))

async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(TINY + file, 'utf8')) as T
}

interface Expected {
  readonly picture: string
  /** Raw outputs in manifest order. */
  readonly folds: readonly (readonly number[])[]
  readonly combined: readonly {
    readonly combination: string
    readonly temperature: number
    readonly probabilities: readonly number[]
  }[]
}

const expected = await readJson<Expected>('expected.json')
const colours = await readJson<Record<ClassId, readonly [number, number, number]>>('colours.json')

async function referenceFrame() {
  using picture = imdecodeSync(await readFile(TINY + expected.picture))
  return frameOf(picture.toPixels(), picture.width, picture.height)
}

function largestGap(ours: readonly number[], theirs: readonly number[]): number {
  expect(ours).toHaveLength(theirs.length)
  return Math.max(...ours.map((value, index) => Math.abs(value - (theirs[index] ?? Number.NaN))))
}

/** Log probabilities differ from logits by a constant only: made equal by setting the first to 0. */
const relative = (values: readonly number[]): number[] =>
  values.map((value) => value - (values[0] ?? Number.NaN))

describe('the tiny ensemble on the real runtime', async () => {
  const ensemble = await openEnsemble(TINY, { providers: ['cpu'] })
  afterAll(() => ensemble.close())

  it('opens with three architectures, sizes and preparations', () => {
    expect(ensemble).toMatchObject({
      provider: 'cpu',
      problems: [],
      foldNames: ['fold-1', 'fold-2', 'fold-3'],
    })
  })

  it.each(CLASSES)('knows the colour of %s', async (label) => {
    const [red, green, blue] = colours[label]
    const { top, disagreement } = await ensemble.predict(plainFrame([blue, green, red], 640, 480))
    expect(top).toBe(label)
    expect(disagreement).toBeLessThan(0.1)
  })

  it('gives within 1e-4 the fold outputs that onnxruntime for Python gives', async () => {
    const { folds } = await ensemble.predict(await referenceFrame())
    const [first, second, third] = expected.folds as [number[], number[], number[]]
    const logarithms = folds.map((fold) => relative(fold.map(Math.log)))
    expect(largestGap(logarithms[0] ?? [], relative(first))).toBeLessThan(1e-4)
    expect(largestGap(folds[1] ?? [], second)).toBeLessThan(1e-4)
    expect(largestGap(logarithms[2] ?? [], relative(third))).toBeLessThan(1e-4)
  })

  it.each(expected.combined)(
    'combines as NumPy does: $combination at temperature $temperature',
    async ({ combination, temperature, probabilities }) => {
      await using folder = await TestFolder.make()
      await cp(TINY, folder.path, { recursive: true })
      await folder.writeManifest({
        ...(await readJson<RawManifest>('manifest.json')),
        combination,
        temperature,
      })
      await using other = await openEnsemble(folder.path, { providers: ['cpu'] })
      const result = await other.predict(await referenceFrame())
      expect(largestGap(result.probabilities, probabilities)).toBeLessThan(1e-5)
    },
  )

  it('answers alike side by side on threads and in turn on one', async () => {
    await using inTurn = await openEnsemble(TINY, {
      providers: ['cpu'],
      runtime: await loadRuntime(),
    })
    const frame = await referenceFrame()
    for (const folds of [undefined, new Set(['fold-3', 'fold-2'])]) {
      const asked = folds === undefined ? {} : { folds }
      const [threads, turns] = [
        await ensemble.predict(frame, asked),
        await inTurn.predict(frame, asked),
      ]
      expect(threads.foldNames).toEqual(turns.foldNames)
      expect(largestGap(threads.probabilities, turns.probabilities)).toBeLessThan(1e-6)
      expect(threads.folds.map((fold) => fold.indexOf(Math.max(...fold)))).toEqual(
        turns.folds.map((fold) => fold.indexOf(Math.max(...fold))),
      )
    }
  })

  it('falls back from CUDA on a machine without its libraries, and says so', async (context) => {
    await using fallen = await openEnsemble(TINY, { providers: ['cuda', 'cpu'] })
    if (fallen.provider === 'cuda') context.skip('this machine has CUDA')
    expect(fallen.provider).toBe('cpu')
    expect(fallen.problems).toHaveLength(1)
    expect(fallen.problems[0]).toMatchObject({ severity: 'warning', code: 'provider-fallback' })
    expect(fallen.problems[0]?.message).toMatch(/^The graphics card is not used/)
    expect((await fallen.predict(await referenceFrame())).top).toBe('c0')
  })
})
