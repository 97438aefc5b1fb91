import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { openEnsemble } from '../../../../electron/engine/inference/ensemble.ts'
import { rawFold, rawManifest, TestFolder } from './support/ensembleFolder.ts'
import { fakeRuntime, type Network } from './support/fakeRuntime.ts'
import { plainFrame } from './support/frames.ts'

const GREEN = plainFrame([0, 200, 0])

/** Logits of a fold that is fairly sure of one class. */
const says =
  (of: number): Network =>
  () =>
    Array.from({ length: 10 }, (_, index) => (index === of ? 4 : 0))

/** Fine at opening and for a while, then NaN in some runs. */
const breaksAt =
  (of: number, ...runs: readonly number[]): Network =>
  (input, run) =>
    runs.includes(run) ? Array<number>(10).fill(Number.NaN) : says(of)(input, run)

const three = rawManifest([rawFold('a'), rawFold('b', { weight: 3 }), rawFold('c')])

describe('an ensemble of folds', () => {
  it('answers with one distribution and what each fold said', async () => {
    await using folder = await TestFolder.of(three)
    const runtime = fakeRuntime({ a: says(0), b: says(6), c: says(0) })
    await using ensemble = await openEnsemble(folder.path, { runtime })

    const result = await ensemble.predict(GREEN)

    expect(result).toMatchObject({
      seq: GREEN.seq,
      tMs: GREEN.tMs,
      top: 'c6', // outnumbered, but of weight 3
      foldNames: ['a', 'b', 'c'],
      problems: [],
    })
    expect(result.folds.map((fold) => fold.indexOf(Math.max(...fold)))).toEqual([0, 6, 0])
    expect(result.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
    expect(result.disagreement).toBeGreaterThan(0)
    expect(Object.values(result.latencyMs).every((ms) => ms >= 0)).toBe(true)
  })

  it('runs only the folds asked for and renormalises their weights', async () => {
    await using folder = await TestFolder.of(three)
    const runtime = fakeRuntime({ a: says(0), b: says(6), c: says(2) })
    await using ensemble = await openEnsemble(folder.path, { runtime })

    const result = await ensemble.predict(GREEN, { folds: new Set(['c', 'a']) })

    expect(result.foldNames).toEqual(['a', 'c'])
    expect(result.probabilities[0]).toBeCloseTo(result.probabilities[2] ?? 0, 9)
    expect(result.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
  })

  it('refuses a set of folds that it does not have', async () => {
    await using folder = await TestFolder.of(three)
    const runtime = fakeRuntime({ a: says(0), b: says(6), c: says(2) })
    await using ensemble = await openEnsemble(folder.path, { runtime })

    await expect(ensemble.predict(GREEN, { folds: new Set(['z']) })).rejects.toMatchObject({
      code: 'ensemble-no-fold',
      message: 'Ensemble "test" has none of the folds asked for ("z").',
      tip: 'Its folds are a, b, c.',
    })
  })

  it('goes on without a fold that says NaN in mid-drive, and takes it back', async () => {
    await using folder = await TestFolder.of(three)
    // Run 1 is the one at opening.
    const runtime = fakeRuntime({ a: says(0), b: breaksAt(6, 2), c: says(0) })
    await using ensemble = await openEnsemble(folder.path, { runtime })

    const hit = await ensemble.predict(GREEN)
    const after = await ensemble.predict(GREEN)

    expect(hit).toMatchObject({ top: 'c0', foldNames: ['a', 'c'] })
    expect(hit.problems).toEqual([
      {
        severity: 'warning',
        code: 'fold-output-nan',
        message: expect.stringMatching(
          /manifest\.json: fold "b": output "logits" is not a number; this frame goes on without it\.$/,
        ) as string,
        tip: expect.any(String) as string,
      },
    ])
    expect(after).toMatchObject({ foldNames: ['a', 'b', 'c'], problems: [] })
  })

  it('goes on without a fold whose run fails', async () => {
    await using folder = await TestFolder.of(three)
    const runtime = fakeRuntime({
      a: says(0),
      b: says(0),
      c: (input, run) => {
        if (run === 2) throw new Error('CUDA failure 2: out of memory')
        return says(0)(input, run)
      },
    })
    await using ensemble = await openEnsemble(folder.path, { runtime })

    const result = await ensemble.predict(GREEN)

    expect(result.foldNames).toEqual(['a', 'b'])
    expect(result.problems[0]).toMatchObject({ code: 'fold-run-failed' })
    expect(result.problems[0]?.message).toContain('fold "c": could not run (CUDA failure 2')
  })

  it('fails, naming frame and fold, when every fold says NaN', async () => {
    await using folder = await TestFolder.of(rawManifest([rawFold('a'), rawFold('b')]))
    const runtime = fakeRuntime({ a: breaksAt(0, 2), b: breaksAt(0, 2) })
    await using ensemble = await openEnsemble(folder.path, { runtime })

    await expect(ensemble.predict(GREEN)).rejects.toMatchObject({
      code: 'ensemble-all-nan',
      message: expect.stringMatching(/no fold has an answer for frame 7\. .*fold "a"/) as string,
    })
    expect((await ensemble.predict(GREEN)).top).toBe('c0')
  })

  it('lets a read go on between two folds', async () => {
    await using folder = await TestFolder.of(three)
    const runs: string[] = []
    const noting =
      (name: string): Network =>
      (input, run) => {
        runs.push(name)
        return says(0)(input, run)
      }
    const runtime = fakeRuntime({ a: noting('a'), b: noting('b'), c: noting('c') })
    await using ensemble = await openEnsemble(folder.path, { runtime })
    runs.length = 0
    const turn = (): void => {
      runs.push('turn')
      if (runs.length < 20) setImmediate(turn)
    }
    setImmediate(turn)

    await ensemble.predict(GREEN)

    const between = runs.slice(runs.indexOf('a'), runs.indexOf('c'))
    expect(between.filter((entry) => entry === 'turn').length).toBeGreaterThanOrEqual(2)
  })

  it('takes overlapping frames one after the other, in order', async () => {
    await using folder = await TestFolder.of(rawManifest([rawFold('a')]))
    const green: number[] = []
    const runtime = fakeRuntime({
      a: (input, run) => {
        green.push(Math.round((input[8 * 6] ?? 0) * 255))
        return says(0)(input, run)
      },
    })
    await using ensemble = await openEnsemble(folder.path, { runtime })

    await Promise.all([10, 20, 30].map((level) => ensemble.predict(plainFrame([0, level, 0]))))

    expect(green).toEqual([128, 10, 20, 30])
  })

  it('feeds folds of equal preparation from one buffer', async () => {
    const other = { ...(rawFold('c')['preparation'] as object), colorOrder: 'BGR' }
    await using folder = await TestFolder.of(
      rawManifest([rawFold('a'), rawFold('b'), rawFold('c', { preparation: other })]),
    )
    const runtime = fakeRuntime({ a: says(0), b: says(0), c: says(0) })
    await using ensemble = await openEnsemble(folder.path, { runtime })

    await ensemble.predict(plainFrame([50, 0, 100]))

    const { inputs } = runtime
    expect(inputs.get('a')).toBe(inputs.get('b'))
    expect(inputs.get('a')).not.toBe(inputs.get('c'))
    expect(
      [inputs.get('a')?.[0], inputs.get('c')?.[0]].map((v) => Math.round((v ?? 0) * 255)),
    ).toEqual([100, 50])
  })

  it('frees its networks once, and answers no more', async () => {
    await using folder = await TestFolder.of(three)
    const runtime = fakeRuntime({ a: says(0), b: says(0), c: says(0) })
    const ensemble = await openEnsemble(folder.path, { runtime })
    await ensemble.warmUp()

    await Promise.all([ensemble.close(), ensemble.close()])

    expect(runtime.released).toEqual(['a', 'b', 'c'])
    await expect(ensemble.predict(GREEN)).rejects.toMatchObject({ code: 'ensemble-closed' })
  })

  it('finishes the frame under way before it closes', async () => {
    await using folder = await TestFolder.of(three)
    const runtime = fakeRuntime({ a: says(3), b: says(3), c: says(3) })
    const ensemble = await openEnsemble(folder.path, { runtime })
    const answer = ensemble.predict(GREEN)

    await ensemble.close()

    expect((await answer).top).toBe('c3')
  })

  it('runs each network on two threads at most, which never spin, unless told otherwise', async () => {
    await using folder = await TestFolder.of(rawManifest([rawFold('a')]))
    const runtime = fakeRuntime({ a: says(0) })
    await using usual = await openEnsemble(folder.path, { runtime, providers: ['cpu'] })
    await using three = await openEnsemble(folder.path, {
      runtime,
      providers: ['cpu'],
      intraOpNumThreads: 3,
    })

    expect([usual.provider, three.provider]).toEqual(['cpu', 'cpu'])
    expect(runtime.options.map(({ intraOpNumThreads }) => intraOpNumThreads)).toEqual([
      Math.min(2, availableParallelism()),
      3,
    ])
    expect(runtime.options[0]).toMatchObject({
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    })
  })
})
