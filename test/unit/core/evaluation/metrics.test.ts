import { describe, expect, it } from 'vitest'
import { ScoreTally } from '../../../../electron/core/evaluation/metrics.ts'

const oneHot = (index: number, p = 1): number[] =>
  Array.from({ length: 10 }, (_, i) => (i === index ? p : (1 - p) / 9))

describe('ScoreTally', () => {
  it('gives a sure and right answer full marks', () => {
    const tally = new ScoreTally()
    tally.add(oneHot(3), 'c3')
    expect(tally.score()).toMatchObject({ images: 1, accuracy: 1, ece: 0 })
    expect(tally.score().logLoss).toBeCloseTo(0, 12)
  })

  it('clips a sure and wrong answer where Kaggle does', () => {
    const tally = new ScoreTally()
    tally.add(oneHot(3), 'c0')
    expect(tally.score().logLoss).toBeCloseTo(-Math.log(1e-15), 10)
    expect(tally.score().ece).toBe(1)
  })

  it('knows ln 10 as the loss of knowing nothing', () => {
    const tally = new ScoreTally()
    tally.add(oneHot(0, 0.1), 'c7')
    expect(tally.score().logLoss).toBeCloseTo(Math.LN10, 10)
  })

  it('rescales rows that do not sum to one', () => {
    const tally = new ScoreTally()
    tally.add(
      oneHot(2, 0.6).map((p) => p * 5),
      'c2',
    )
    expect(tally.score().logLoss).toBeCloseTo(-Math.log(0.6), 10)
  })

  it('weighs over-confidence by the pictures of each bin', () => {
    const tally = new ScoreTally()
    tally.add(oneHot(1, 0.9), 'c1')
    tally.add(oneHot(1, 0.9), 'c5')
    tally.add(oneHot(4, 0.5), 'c4')
    // |1 - 1.8| in the bin of 0.9 and |1 - 0.5| in the bin of 0.5, over three pictures
    expect(tally.score().ece).toBeCloseTo((0.8 + 0.5) / 3, 10)
  })

  it('counts a class that the row has no place for as impossible', () => {
    const tally = new ScoreTally()
    tally.add([1], 'c9')
    expect(tally.score().logLoss).toBeCloseTo(-Math.log(1e-15), 10)
  })

  it('counts confusion by truth and guess, and precision and recall from it', () => {
    const tally = new ScoreTally()
    tally.add(oneHot(1), 'c1')
    tally.add(oneHot(1), 'c5')
    tally.add(oneHot(5), 'c5')
    expect(tally.confusion[5]).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 0, 0])
    expect(tally.perClass()[1]).toEqual({ class: 'c1', images: 1, precision: 0.5, recall: 1 })
    expect(tally.perClass()[5]).toEqual({ class: 'c5', images: 2, precision: 1, recall: 0.5 })
    expect(tally.images).toBe(3)
  })
})
