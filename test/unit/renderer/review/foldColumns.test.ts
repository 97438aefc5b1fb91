import { describe, expect, it } from 'vitest'
import { foldColumns } from '../../../../renderer/review/foldColumns.ts'

const FOUR = [
  [0.1, 0.9],
  [0.2, 0.8],
  [0.3, 0.7],
  [0.4, 0.6],
]

describe('what the folds said', () => {
  it('stands in a column each, as long as they fit beside the picture', () => {
    expect(foldColumns(FOUR)).toEqual({ kind: 'each', folds: FOUR })
    expect(foldColumns([])).toEqual({ kind: 'each', folds: [] })
  })

  it('is told by the least and the greatest of many, class by class', () => {
    expect(foldColumns([...FOUR, [0.05, 0.95]])).toEqual({
      kind: 'range',
      lowest: [0.05, 0.6],
      highest: [0.4, 0.95],
    })
  })
})
