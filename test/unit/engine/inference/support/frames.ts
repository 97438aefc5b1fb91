import type { Frame } from '../../../../../electron/core/frame.ts'

/** A frame of one colour. */
export function plainFrame(
  [blue, green, red]: readonly [number, number, number],
  width = 16,
  height = 12,
): Frame {
  const pixels = Buffer.alloc(width * height * 3, Uint8Array.of(blue, green, red))
  return frameOf(pixels, width, height)
}

export function frameOf(pixels: Uint8Array, width: number, height: number): Frame {
  const view = { meanLuma: 0, stdLuma: 0, saturated: 0, changeFromLast: undefined }
  return { seq: 7, tMs: 1400, width, height, pixels, view }
}
