import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import {
  InferenceWorkers,
  threadsInNetwork,
} from '../../../../electron/engine/inference/inferenceWorkers.ts'
import { RuntimeThread } from '../../../../electron/engine/inference/runtimeThread.ts'
import { fakeRuntime } from './support/fakeRuntime.ts'

const here = fakeRuntime({})

/** Folds by name; those that begin with a or b have a trunk of that name. */
const folds = (...names: readonly string[]) =>
  names.map((name) => {
    const trunk = /^[ab]/.exec(name)?.[0]
    return { name, trunk: trunk === undefined ? undefined : { file: `${trunk}.onnx` } }
  })

describe('workers', () => {
  it.each([
    [['1', '2', '3'], 2, [['1', '3'], ['2']]],
    [['1', '2'], 4, [['1'], ['2']]],
    [['1', '2', '3'], 1, [['1', '2', '3']]],
    [
      ['a1', 'a2', 'b1', 'b2'],
      2,
      [
        ['a1', 'a2'],
        ['b1', 'b2'],
      ],
    ],
    [
      ['a1', 'b1', 'a2', 'b2'],
      4,
      [
        ['a1', 'a2'],
        ['b1', 'b2'],
      ],
    ],
    [
      ['1', 'a1', 'a2', '2'],
      2,
      [
        ['a1', 'a2'],
        ['1', '2'],
      ],
    ],
  ])('share %j among %i threads, folds of a trunk together', (names, count, expected) => {
    expect(new InferenceWorkers(here, folds(...names), count).foldsOfWorkers).toEqual(expected)
  })

  it('are as many as there are cores, at most', () => {
    const many = folds(...Array.from({ length: 300 }, (_, index) => `${index}`))
    expect(new InferenceWorkers(here, many).foldsOfWorkers).toHaveLength(
      Math.min(300, availableParallelism()),
    )
  })

  it('have a thread each, which folds of one worker share', () => {
    const workers = new InferenceWorkers(here, folds('a1', 'a2', 'b1'), 2)
    const [first, second, third] = ['a1', 'a2', 'b1'].map((fold) => workers.runtimeOf(fold, 'cpu'))
    expect(first).toBeInstanceOf(RuntimeThread)
    expect(second).toBe(first)
    expect(third).not.toBe(first)
  })

  it('stay with the caller where there is one, and on a graphics card', () => {
    expect(new InferenceWorkers(here, folds('a1', 'a2'), 2).runtimeOf('a1', 'cpu')).toBe(here)
    expect(new InferenceWorkers(here, folds('a1', 'b1'), 2).runtimeOf('a1', 'cuda')).toBe(here)
  })

  it('leave a network two threads at most, and one where workers take the cores', () => {
    const cores = availableParallelism()
    expect([1, cores, 2 * cores].map(threadsInNetwork)).toEqual([Math.min(2, cores), 1, 1])
  })
})
