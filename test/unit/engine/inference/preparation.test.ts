import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { manifestSchema, type ManifestPreparation } from '../../../../electron/contract/manifest.ts'
import { PreparationPlan } from '../../../../electron/engine/inference/plan.ts'
import { Preparation } from '../../../../electron/engine/inference/preparation.ts'
import { imdecodeSync } from '../../../../electron/engine/native/opencv.ts'
import { rawFold, rawManifest } from './support/ensembleFolder.ts'
import { frameOf, plainFrame } from './support/frames.ts'

const FIXTURES = new URL('../../../fixtures/preparation/', import.meta.url)

interface ReferenceCase {
  readonly name: string
  readonly preparation: Record<string, unknown>
  readonly shape: readonly number[]
  readonly dtype: 'uint8' | 'float32'
  readonly file: string
}

const { cases, picture } = JSON.parse(readFileSync(new URL('index.json', FIXTURES), 'utf8')) as {
  cases: readonly ReferenceCase[]
  picture: string
}

function reference() {
  using decoded = imdecodeSync(readFileSync(new URL(picture, FIXTURES)))
  return frameOf(decoded.toPixels(), decoded.width, decoded.height)
}

/** A preparation as the schema gives it, from a manifest that is fine otherwise. */
function checked(preparation: Record<string, unknown>): ManifestPreparation {
  const { height, width } = preparation['resize'] as { height: number; width: number }
  const input = { name: 'input', shape: [1, 3, height, width], dtype: 'float32', layout: 'NCHW' }
  const manifest = manifestSchema.parse(rawManifest([rawFold('a', { preparation, input })]))
  const [fold] = manifest.folds
  if (fold === undefined) throw new Error('no fold')
  return fold.preparation
}

function inflated(file: string): Buffer {
  return inflateSync(readFileSync(new URL(file, FIXTURES)))
}

/** The RGB bytes, HWC, that went into the last step. */
function bytesBehind(tensor: Float32Array, steps: ManifestPreparation): Uint8Array {
  const plane = tensor.length / 3
  const order = steps.colorOrder === 'RGB' ? [0, 1, 2] : [2, 1, 0]
  return Uint8Array.from({ length: tensor.length }, (_, index) => {
    const channel = order[index % 3] as 0 | 1 | 2
    const value = tensor[channel * plane + Math.floor(index / 3)] ?? Number.NaN
    return Math.round((value * steps.std[channel] + steps.mean[channel]) / steps.scale)
  })
}

function differences(
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
): { mean: number; max: number } {
  expect(ours).toHaveLength(theirs.length)
  const gaps = Array.from(ours, (value, index) => Math.abs(value - (theirs[index] ?? Number.NaN)))
  return {
    mean: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
    max: gaps.reduce((highest, gap) => Math.max(highest, gap), 0),
  }
}

const bytes = cases.filter(({ dtype }) => dtype === 'uint8')
const floats = cases.filter(({ dtype }) => dtype === 'float32')

describe('preparation against torchvision, Pillow and OpenCV for Python', () => {
  it.each(bytes)('$name', ({ preparation, file, shape }) => {
    const steps = checked(preparation)
    const prepared = new Preparation(steps)
    prepared.prepare(reference())
    expect(prepared.tensor).toHaveLength(shape.reduce((a, b) => a * b))

    const gap = differences(bytesBehind(prepared.tensor, steps), inflated(file))

    // Ours is Pillow's own algorithm, and crops and gradients are whole numbers: nothing to forgive.
    const resampledByOpenCv = !steps.resize.antialias && !file.includes('only')
    expect(gap.max).toBeLessThanOrEqual(resampledByOpenCv ? 1 : 0)
    expect(gap.mean).toBeLessThanOrEqual(resampledByOpenCv ? 0.01 : 0)
  })

  it.each(floats)('$name, to the last step', ({ preparation, file }) => {
    const prepared = new Preparation(checked(preparation))
    prepared.prepare(reference())

    const { buffer, byteOffset, byteLength } = inflated(file)
    const wanted = new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength))
    const gap = differences(prepared.tensor, wanted)

    expect(gap.mean).toBeLessThan(1e-6)
    // One step of a byte, in units of the smallest standard deviation, where OpenCV resized.
    expect(gap.max).toBeLessThan(preparation['colorOrder'] === 'BGR' ? 1e-6 : 1 / 255 / 0.288)
  })
})

/** Steps that keep the bytes: an 8x6 picture in, values of 0 to 255 out. */
function steps(changes: Record<string, unknown> = {}): ManifestPreparation {
  const resize = { width: 8, height: 6, interpolation: 'bilinear', antialias: true }
  const plain = { resize, colorOrder: 'RGB', scale: 1, mean: [0, 0, 0], std: [1, 1, 1] }
  return checked({ ...plain, ...changes })
}

describe('preparing frames', () => {
  it('puts red first for RGB and blue first for BGR', () => {
    const planes = (['RGB', 'BGR'] as const).map((colorOrder) => {
      const preparation = new Preparation(steps({ colorOrder }))
      preparation.prepare(plainFrame([1, 2, 3]))
      return [0, 48, 96].map((at) => preparation.tensor[at])
    })
    expect(planes).toEqual([
      [3, 2, 1],
      [1, 2, 3],
    ])
  })

  it('gives each channel its own mean and standard deviation, in the order of the network', () => {
    const preparation = new Preparation(steps({ scale: 0.5, mean: [1, 2, 3], std: [0.5, 2, 4] }))
    preparation.prepare(plainFrame([10, 20, 30]))
    expect([0, 48, 96].map((at) => preparation.tensor[at])).toEqual([28, 4, 0.5])
  })

  it('follows a camera that changes the size of its picture', () => {
    const preparation = new Preparation(steps({ crop: { width: 14, height: 10 }, mirror: true }))
    const small = (): void => {
      preparation.prepare(plainFrame([40, 50, 60], 16, 12))
    }
    small()
    const before = preparation.tensor.slice()
    preparation.prepare(plainFrame([1, 2, 3], 4, 4)) // smaller than the crop: black around it
    expect(preparation.tensor[0]).toBe(0)
    small()
    expect(preparation.tensor).toEqual(before)
  })

  it('does not see the black of an earlier frame, nor the frame in the black of a later one', () => {
    const preparation = new Preparation(steps({ crop: { width: 8, height: 6 } }))
    for (const level of [200, 100]) {
      preparation.prepare(plainFrame([level, level, level], 4, 2))
      expect(new Set(preparation.tensor)).toEqual(new Set([0, level]))
    }
  })

  it('has the same buffer for every frame', () => {
    const preparation = new Preparation(steps())
    const { tensor } = preparation
    preparation.prepare(plainFrame([9, 9, 9]))
    expect(preparation.tensor).toBe(tensor)
    expect(tensor[0]).toBe(9)
  })

  // By cv2.resize of OpenCV for Python 5.0, the first three pixels.
  it.each([
    ['bilinear', [43, 133, 223, 147, 159, 86, 107, 176, 57]],
    ['bicubic', [39, 129, 255, 163, 171, 80, 93, 196, 43]],
    ['area', [48, 138, 163, 114, 135, 122, 142, 112, 117]],
  ])("takes OpenCV's %s when not antialiased", (interpolation, wanted) => {
    const resize = { width: 9, height: 6, interpolation, antialias: false }
    const preparation = new Preparation(steps({ resize, colorOrder: 'BGR' }))
    const pixels = Uint8Array.from({ length: 23 * 17 * 3 }, (_, index) => {
      const [x, y] = [Math.floor(index / 3) % 23, Math.floor(index / 69)]
      return (x * x * 7 + y * 31 + (index % 3) * 90 + x * y * 13) % 256
    })
    preparation.prepare(frameOf(pixels, 23, 17))
    const ours = wanted.map((_, at) => preparation.tensor[(at % 3) * 54 + Math.floor(at / 3)] ?? -1)
    expect(differences(ours, wanted).max).toBeLessThanOrEqual(1)
  })

  it('refuses pixels that are no picture of that size', () => {
    const preparation = new Preparation(steps())
    expect(() => {
      preparation.prepare(frameOf(new Uint8Array(10), 16, 12))
    }).toThrow('10 bytes are not a 16x12 picture in BGR')
  })
})

describe('planning preparations', () => {
  const plan = (...changes: Record<string, unknown>[]) =>
    new PreparationPlan(
      changes.map((change, index) => ({ name: `fold-${index + 1}`, preparation: steps(change) })),
    )

  it('does equal work once, whatever the order of the fields and the defaults left out', () => {
    const shared = plan(
      { crop: { width: 4, height: 3 } },
      { extra: 'none', mirror: false, crop: { height: 3, width: 4 } },
    )
    expect(shared.tensorOf('fold-1')).toBe(shared.tensorOf('fold-2'))
  })

  it.each([
    [{ mirror: true }],
    [{ crop: { width: 4, height: 3 } }],
    [{ extra: 'gradient' }],
    [{ colorOrder: 'BGR' }],
    [{ scale: 0.5 }],
    [{ mean: [0, 0, 1] }],
    [{ std: [1, 1, 2] }],
    [{ resize: { width: 8, height: 6, interpolation: 'bicubic', antialias: true } }],
    [{ resize: { width: 8, height: 6, interpolation: 'bilinear', antialias: false } }],
  ])('keeps %j apart', (change) => {
    const apart = plan({}, change)
    expect(apart.tensorOf('fold-1')).not.toBe(apart.tensorOf('fold-2'))
  })

  it('prepares only for the folds that run', () => {
    const two = plan({}, { colorOrder: 'BGR' })
    two.begin(plainFrame([1, 2, 3]))(['fold-2'])
    expect([two.tensorOf('fold-1')[0], two.tensorOf('fold-2')[0]]).toEqual([0, 1])
  })

  it('knows its folds', () => {
    expect(() => plan({}).tensorOf('fold-9')).toThrow(RangeError)
  })
})
