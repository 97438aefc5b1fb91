import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  combine,
  disagreement,
  entropy,
  softmax,
  temper,
  topClass,
  type Combination,
  type FoldOutput,
} from '../../../../electron/core/ensemble/ensemble.ts'

const COMBINATIONS: readonly Combination[] = ['mean-probabilities', 'mean-logits', 'geometric']

const logits = fc.array(fc.double({ min: -40, max: 40, noNaN: true }), {
  minLength: 10,
  maxLength: 10,
})
const distribution = logits.map((values) => softmax(values))
const weight = fc.double({ min: 0.01, max: 100, noNaN: true })
const fold: fc.Arbitrary<FoldOutput> = fc.oneof(
  fc.record({ kind: fc.constant('logits' as const), values: logits, weight }),
  fc.record({ kind: fc.constant('probabilities' as const), values: distribution, weight }),
)
const folds = fc.array(fold, { minLength: 1, maxLength: 6 })
const combination = fc.constantFrom(...COMBINATIONS)
const temperature = fc.double({ min: 0.2, max: 5, noNaN: true })

/** All its certainty on one class, the rest shared evenly. */
function sure(of: number, certainty: number): number[] {
  return Array.from({ length: 10 }, (_, index) => (index === of ? certainty : (1 - certainty) / 9))
}

function probabilities(values: readonly number[], weight = 1): FoldOutput {
  return { kind: 'probabilities', values, weight }
}

function expectClose(actual: readonly number[], wanted: readonly number[]): void {
  expect(actual).toHaveLength(wanted.length)
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 9)
  })
}

describe('combining folds', () => {
  it('averages two folds as the report did', () => {
    const { probabilities: mean, folds: each } = combine(
      [probabilities(sure(0, 0.9)), probabilities(sure(1, 0.5))],
      'mean-probabilities',
      1,
    )
    const other = 0.1 / 9
    const rest = 0.5 / 9
    expectClose(mean, [
      (0.9 + rest) / 2,
      (other + 0.5) / 2,
      ...Array<number>(8).fill((other + rest) / 2),
    ])
    expectClose(each[0] ?? [], sure(0, 0.9))
  })

  it('lets the heavier fold win the argument', () => {
    const answer = (weight: number) =>
      combine(
        [probabilities(sure(0, 0.8)), probabilities(sure(7, 0.8), weight)],
        'mean-probabilities',
        1,
      ).top
    expect([answer(0.5), answer(2)]).toEqual(['c0', 'c7'])
  })

  it('takes the softmax over the classes of each fold, not over the folds', () => {
    const { folds: each } = combine(
      [
        { kind: 'logits', values: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0], weight: 1 },
        { kind: 'logits', values: [9, 9, 9, 9, 9, 9, 9, 9, 9, 9], weight: 1 },
      ],
      'mean-probabilities',
      1,
    )
    expectClose(each[0] ?? [], softmax([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    expectClose(each[1] ?? [], Array<number>(10).fill(0.1))
  })

  it('gives the geometric mean as its formula says', () => {
    const a = sure(2, 0.7)
    const b = sure(3, 0.6)
    const products = a.map((value, index) => value ** 0.75 * (b[index] ?? 0) ** 0.25)
    const total = products.reduce((sum, value) => sum + value, 0)
    const outputs = [probabilities(a, 3), probabilities(b, 1)]
    expectClose(
      combine(outputs, 'geometric', 1).probabilities,
      products.map((value) => value / total),
    )
  })

  it('gives the mean of logits as its formula says', () => {
    const a = [3, 1, 0, -1, 2, 0, 0, 0, 0, 0]
    const b = [-1, 4, 0, 0, 0, 5, 0, 0, 0, 1]
    const mean = a.map((value, index) => (value + (b[index] ?? 0)) / 2)
    const outputs: FoldOutput[] = [a, b].map((values) => ({ kind: 'logits', values, weight: 1 }))
    expectClose(combine(outputs, 'mean-logits', 1).probabilities, softmax(mean))
  })

  it('survives a fold that rules a class out', () => {
    const certain = Array.from({ length: 10 }, (_, index) => (index === 4 ? 1 : 0))
    for (const how of COMBINATIONS) {
      const { probabilities: p, entropy: h } = combine([probabilities(certain)], how, 1.5)
      expect(p.every(Number.isFinite)).toBe(true)
      expect(h).toBeCloseTo(0, 6)
    }
  })

  it('repairs probabilities that float16 left a little off 1', () => {
    const rough = sure(0, 0.9).map((value) => value * 1.004)
    expectClose(
      combine([probabilities(rough)], 'mean-probabilities', 1).probabilities,
      sure(0, 0.9),
    )
  })

  it('always sums to 1, with every number in its range', () => {
    fc.assert(
      fc.property(folds, combination, temperature, (outputs, how, t) => {
        const result = combine(outputs, how, t)
        expect(result.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
        expect(result.probabilities.every((p) => p >= 0 && p <= 1 + 1e-12)).toBe(true)
        expect(result.disagreement).toBeGreaterThanOrEqual(0)
        expect(result.disagreement).toBeLessThanOrEqual(1)
        expect(result.entropy).toBeGreaterThanOrEqual(0)
        expect(result.entropy).toBeLessThanOrEqual(1)
        expect(result.folds).toHaveLength(outputs.length)
      }),
    )
  })

  it('does not care in which order the folds come', () => {
    const shuffled = folds.chain((outputs) =>
      fc.tuple(
        fc.constant(outputs),
        fc.shuffledSubarray(outputs, { minLength: outputs.length, maxLength: outputs.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, combination, temperature, ([outputs, other], how, t) => {
        const a = combine(outputs, how, t)
        const b = combine(other, how, t)
        expectClose(a.probabilities, b.probabilities)
        expect(a.disagreement).toBeCloseTo(b.disagreement, 9)
      }),
    )
  })

  it('counts only the ratio of weights', () => {
    fc.assert(
      fc.property(folds, combination, weight, (outputs, how, factor) => {
        const scaled = outputs.map((output) => ({ ...output, weight: output.weight * factor }))
        expectClose(combine(scaled, how, 1).probabilities, combine(outputs, how, 1).probabilities)
      }),
    )
  })

  it('takes a fold of weight 2 for two folds', () => {
    fc.assert(
      fc.property(folds, fold, combination, (outputs, extra, how) => {
        const twice = combine([...outputs, extra, extra], how, 1)
        const heavy = combine([...outputs, { ...extra, weight: extra.weight * 2 }], how, 1)
        expectClose(twice.probabilities, heavy.probabilities)
      }),
    )
  })

  it('gives a single fold back, however it combines', () => {
    fc.assert(
      fc.property(distribution, combination, (p, how) => {
        expectClose(combine([probabilities(p)], how, 1).probabilities, p)
      }),
    )
  })
})

describe('temperature', () => {
  it('of 1 changes nothing at all', () => {
    fc.assert(
      fc.property(distribution, (p) => {
        expect(temper(p, 1)).toBe(p)
      }),
    )
  })

  it('is p^(1/T), normalised', () => {
    const p = sure(5, 0.6)
    const powers = p.map((value) => value ** (1 / 2.5))
    const total = powers.reduce((sum, value) => sum + value, 0)
    expectClose(
      temper(p, 2.5),
      powers.map((value) => value / total),
    )
  })

  it('above 1 softens, below 1 sharpens, and the top stays', () => {
    fc.assert(
      fc.property(distribution, temperature, (p, t) => {
        const tempered = temper(p, t)
        const change = Math.max(...tempered) - Math.max(...p)
        expect(t >= 1 ? change <= 1e-9 : change >= -1e-9).toBe(true)
        expect(tempered[p.indexOf(Math.max(...p))]).toBeCloseTo(Math.max(...tempered), 9)
      }),
    )
  })
})

describe('disagreement', () => {
  it('is 0 when the folds say the same', () => {
    fc.assert(
      fc.property(distribution, fc.integer({ min: 1, max: 6 }), (p, count) => {
        expect(disagreement(Array.from({ length: count }, () => p))).toBeCloseTo(0, 12)
      }),
    )
  })

  it('is half when two folds are certain of different classes', () => {
    expect(disagreement([sure(0, 1), sure(1, 1)])).toBeCloseTo(0.5, 12)
  })

  it('nears 1 when many folds are each certain of another class', () => {
    expect(disagreement(Array.from({ length: 10 }, (_, index) => sure(index, 1)))).toBeCloseTo(
      0.9,
      12,
    )
  })
})

describe('entropy', () => {
  it('is 0 for certainty and 1 for no idea', () => {
    expect(entropy(sure(3, 1))).toBe(0)
    expect(entropy(Array<number>(10).fill(0.1))).toBeCloseTo(1, 12)
  })
})

describe('softmax', () => {
  it('does not overflow on huge logits', () => {
    expect(softmax([10_000, 0, -10_000])).toEqual([1, 0, 0])
  })
})

describe('the top class', () => {
  it('is the first of equals', () => {
    expect(topClass([0.1, 0.4, 0.4, 0.1, 0, 0, 0, 0, 0, 0])).toBe('c1')
  })

  it('stays a class on broken numbers, which the ensemble refuses before', () => {
    expect(topClass(Array<number>(10).fill(Number.NaN))).toBe('c0')
  })
})
