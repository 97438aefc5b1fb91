import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLASSES } from '../../../electron/core/labels.ts'
import type { MonitorInput } from '../../../electron/core/monitor/monitor.ts'
import { PackedRows, packRows } from '../../../electron/archive/driveLog/chunk.ts'
import { meansOf, MeansTally, packMeans } from '../../../electron/archive/means.ts'

const share = fc.float({ min: 0, max: 1, noNaN: true })
const light = fc.float({ min: 0, max: 255, noNaN: true })
const vector = fc.array(share, { minLength: CLASSES.length, maxLength: CLASSES.length })
const tMs = fc.double({ min: 0, max: 1e9, noNaN: true })

const frame = fc
  .record({
    tMs,
    seq: fc.nat(),
    probabilities: vector,
    safeOfFolds: fc.array(share, { maxLength: 5 }),
    disagreement: share,
    entropy: share,
    view: fc.record({
      meanLuma: light,
      stdLuma: light,
      saturated: share,
      changeFromLast: fc.option(light, { nil: undefined }),
    }),
    speedKmh: fc.option(light, { nil: undefined }),
  })
  .map((drawn): MonitorInput => {
    const { seq, probabilities, safeOfFolds, disagreement, entropy, view, speedKmh } = drawn
    const top = CLASSES[probabilities.indexOf(Math.max(...probabilities))] ?? 'c0'
    const folds = safeOfFolds.map((safe) => [safe])
    const prediction = { seq, tMs: drawn.tMs, probabilities, top, folds, disagreement, entropy }
    return { kind: 'frame', tMs: drawn.tMs, prediction, view, speedKmh }
  })

const input = fc.oneof(
  frame,
  fc.record({ kind: fc.constantFrom('gap' as const, 'acknowledge' as const), tMs }),
)

const row = (each: MonitorInput) => ({ input: each, state: 'unsafe' as const, unsafe: 0.5 })

describe('the inputs of the policy as bytes', () => {
  it('come back bit for bit', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 20 }), (inputs) => {
        const rows = new PackedRows(packRows(inputs.map(row)))
        const back = Array.from({ length: rows.length }, (_, index) => rows.input(index))
        expect(back).toEqual(inputs)
      }),
    )
  })

  it('are read from the middle of a larger buffer, as SQLite gives them', () => {
    const bytes = packRows([row({ kind: 'gap', tMs: 250 })])
    const larger = new Uint8Array(bytes.length + 7)
    larger.set(bytes, 3)
    expect(new PackedRows(larger.subarray(3, 3 + bytes.length)).tMs(0)).toBe(250)
  })

  it('of a later format are refused, not guessed at', () => {
    const bytes = packRows([])
    bytes[0] = 9
    expect(() => new PackedRows(bytes)).toThrow('chunk format 9')
  })
})

describe('the means of a chunk', () => {
  const at = (time: number, unsafe: number, state: 'safe' | 'unsafe' | 'blind') => ({
    input: {
      kind: 'frame' as const,
      tMs: time,
      prediction: {
        seq: 0,
        tMs: time,
        probabilities: CLASSES.map((id) => (id === 'c0' ? 1 - unsafe : unsafe / 9)),
        top: 'c0' as const,
        folds: [],
        disagreement: 0.25,
        entropy: 0.5,
      },
      view: { meanLuma: 1, stdLuma: 1, saturated: 0, changeFromLast: undefined },
      speedKmh: undefined,
    },
    state,
    unsafe,
  })

  it('are those of its frames, with the state that somebody would want to see', () => {
    const chunk = packRows([
      at(0, 0, 'safe'),
      at(1, 1, 'unsafe'),
      at(2, 0.5, 'blind'),
      row({ kind: 'gap', tMs: 3 }),
    ])
    const tally = new MeansTally()
    tally.addPacked(Buffer.from(packMeans(meansOf(chunk))), 3)
    const { frames, state, values } = tally.means()
    expect(frames).toBe(3)
    expect(state).toBe(1) // unsafe
    expect(values[0]).toBeCloseTo(0.5)
    expect(values[CLASSES.length]).toBeCloseTo(0.5)
    expect(values[CLASSES.length + 1]).toBeCloseTo(0.25)
  })
})
