import { describe, expect, it } from 'vitest'
import { DriveScorer } from '../../../electron/core/evaluation/driveScore.ts'
import { EURONCAP_2023 } from '../../../electron/core/monitor/presets/euroncap2023.ts'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import type { ClassId } from '../../../electron/core/labels.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { evaluate } from '../../../electron/batch/evaluation.ts'
import type { EnsemblePort } from '../../../electron/engine/inference/ensemblePort.ts'
import { fakeEnsemble, frameItem, ScriptedSource, type Script } from '../engine/drive/fakes.ts'

const drive = (label: string, truths: readonly ClassId[]): Script => [
  { kind: 'drive', label },
  ...truths.map((truth, n) => frameItem(n, n * 200, truth)),
]

/** Says c1 of everything; fold-1 had p1 in validation, fold-2 had p2. Notes which folds it ran. */
function twoFolds(asked: (readonly string[])[]): EnsemblePort {
  const ensemble = fakeEnsemble(() => 'c1')
  const folds = [
    { name: 'fold-1', validDrivers: ['p1'] },
    { name: 'fold-2', validDrivers: ['p2'] },
  ]
  return {
    ...ensemble,
    manifest: { ...ensemble.manifest, folds },
    predict: async (frame, options = {}) => {
      const names = ensemble.foldNames.filter((name) => options.folds?.has(name) ?? true)
      asked.push(names)
      const result = await ensemble.predict(frame)
      return { ...result, foldNames: names, folds: names.map(() => result.probabilities) }
    },
  }
}

async function run(script: Script, outOfFold: boolean, neighbours?: number) {
  const asked: (readonly string[])[] = []
  const problems: Problem[] = []
  let pictures = 0
  const result = await evaluate({
    source: new ScriptedSource('statefarm', script),
    ensemble: twoFolds(asked),
    outOfFold,
    neighbours,
    onPicture: (done) => (pictures = done),
    onProblem: (problem) => problems.push(problem),
  })
  return { result, asked, problems, pictures }
}

describe('evaluate', () => {
  it('scores all folds on all pictures, by driver and by fold', async () => {
    const { result, pictures } = await run(
      [...drive('p1', ['c1', 'c1']), ...drive('p2', ['c1', 'c0'])],
      false,
    )
    expect(pictures).toBe(4)
    expect(result).toMatchObject({ images: 4, accuracy: 0.75 })
    expect(result.drivers.map(({ driver, accuracy }) => [driver, accuracy])).toEqual([
      ['p1', 1],
      ['p2', 0.5],
    ])
    expect(result.folds.map(({ fold, images }) => [fold, images])).toEqual([
      ['fold-1', 4],
      ['fold-2', 4],
    ])
  })

  it('asks out of fold only the folds that never trained on the driver', async () => {
    const { result, asked } = await run([...drive('p1', ['c1']), ...drive('p2', ['c0'])], true)
    expect(asked).toEqual([['fold-1'], ['fold-2']])
    expect(result.folds.map(({ fold, accuracy }) => [fold, accuracy])).toEqual([
      ['fold-1', 1],
      ['fold-2', 0],
    ])
  })

  it('leaves out a driver whom every fold has trained on, and says so', async () => {
    const { result, problems } = await run([...drive('p1', ['c1']), ...drive('p9', ['c1'])], true)
    expect(result.images).toBe(1)
    expect(result.folds.map(({ fold }) => fold)).toEqual(['fold-1']) // fold-2 was asked nothing
    expect(problems.map(({ code }) => code)).toEqual(['driver-in-no-fold'])
  })

  it('scores the mean over the pictures most alike as well', async () => {
    const { result } = await run(drive('p1', ['c1', 'c1', 'c0']), false, 2)
    const [right, wrong] = [-Math.log(0.982), -Math.log(0.002)]
    expect(result.neighbours).toMatchObject({ count: 2, images: 3, accuracy: 2 / 3 })
    expect(result.neighbours?.logLoss).toBeCloseTo((2 * right + wrong) / 3, 6)
    expect((await run(drive('p1', ['c1']), false)).result.neighbours).toBeUndefined()
  })

  it('passes on what the source complains about', async () => {
    const broken: Problem = { severity: 'warning', code: 'picture-broken', message: 'img_3.jpg' }
    const { problems } = await run(
      [...drive('p1', ['c1']), { kind: 'problem', problem: broken }],
      false,
    )
    expect(problems).toEqual([broken])
  })

  it('does not count pictures without truth', async () => {
    const { result } = await run([...drive('p1', ['c1']), frameItem(1, 200)], false)
    expect(result.images).toBe(1)
  })

  it('lets every preset see the drives, with one prediction a picture', async () => {
    const truths = Array.from({ length: 20 }, (): ClassId => 'c1')
    const asked: (readonly string[])[] = []
    const scorers = [ROADWARD, EURONCAP_2023].map((preset) => new DriveScorer(preset, 200))
    await evaluate({
      source: new ScriptedSource('statefarm', [
        ...drive('p1', truths),
        ...drive('p9', truths),
        ...drive('p2', truths),
      ]),
      ensemble: twoFolds(asked),
      outOfFold: true,
      scorers,
      onPicture: () => undefined,
      onProblem: () => undefined,
    })
    expect(asked).toHaveLength(40) // nothing is asked, and nobody is scored, on p9
    const scores = scorers.map((scorer) => scorer.score())
    expect(scores.map(({ drives, episodes, found }) => [drives, episodes, found])).toEqual([
      [2, 2, 2],
      [2, 2, 2],
    ])
    expect(scores.map(({ delayMs }) => delayMs.p50)).toEqual([1600, 3000])
  })
})
