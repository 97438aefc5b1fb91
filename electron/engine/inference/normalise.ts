/* eslint-disable @typescript-eslint/no-non-null-assertion -- pixel loops: indices are in range */
import type { ManifestPreparation } from '../../contract/manifest.ts'

/** Where a BGR pixel keeps the channels of each colour order. */
const CHANNEL_OFFSETS = { RGB: [2, 1, 0], BGR: [0, 1, 2] } as const

/** Fills `tensor` (NCHW, one picture) from interleaved BGR bytes of the same size. */
export type Normaliser = (pixels: Uint8Array, tensor: Float32Array) => void

/**
 * `(sample * scale - mean) / std` for every value a byte can have, so that a frame costs one
 * lookup a sample.
 */
export function normaliser(
  steps: Pick<ManifestPreparation, 'colorOrder' | 'scale' | 'mean' | 'std'>,
): Normaliser {
  const [first, second, third] = CHANNEL_OFFSETS[steps.colorOrder]
  const tables = ([0, 1, 2] as const).map((channel) =>
    Float32Array.from(
      { length: 256 },
      (_, sample) => (sample * steps.scale - steps.mean[channel]) / steps.std[channel],
    ),
  )
  const [table0, table1, table2] = tables as [Float32Array, Float32Array, Float32Array]
  return (pixels, tensor) => {
    const plane = tensor.length / 3
    for (let to = 0, from = 0; to < plane; to++, from += 3) {
      tensor[to] = table0[pixels[from + first]!]!
      tensor[to + plane] = table1[pixels[from + second]!]!
      tensor[to + 2 * plane] = table2[pixels[from + third]!]!
    }
  }
}
