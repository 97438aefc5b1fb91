import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  packPredictions,
  unpackPredictions,
  type PredictionTable,
} from '../../electron/contract/predictionTable.ts'
import { CLASSES } from '../../electron/core/labels.ts'

function table(rows: number, kind: PredictionTable['kind']): PredictionTable {
  const floats = (first: number): Float32Array =>
    Float32Array.from({ length: rows }, (_, i) => first + i / 7)
  return {
    kind,
    tMs: Float64Array.from({ length: rows }, (_, i) => i * 66.7),
    toMs: Float64Array.from({ length: rows }, (_, i) => i * 66.7 + 60),
    probabilities: CLASSES.map((_, i) => floats(i)),
    unsafe: floats(0.1),
    disagreement: floats(0.2),
    entropy: floats(0.3),
    state: Uint8Array.from({ length: rows }, (_, i) => i % 4),
  }
}

describe('predictions on the wire', () => {
  it('arrive as they left, whatever their number', () => {
    const kinds = fc.constantFrom('frames' as const, 'buckets' as const)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), kinds, (rows, kind) => {
        const bytes = packPredictions(table(rows, kind))
        expect(unpackPredictions(Uint8Array.from(bytes).buffer)).toEqual(table(rows, kind))
      }),
    )
  })

  it('are refused when the end is missing', () => {
    const bytes = Uint8Array.from(packPredictions(table(5, 'frames'))).slice(0, -1)
    expect(() => unpackPredictions(bytes.buffer)).toThrow(RangeError)
  })
})
