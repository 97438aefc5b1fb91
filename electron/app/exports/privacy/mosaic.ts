import type { HeadZone } from '../../../contract/exports.ts'

/**
 * Where heads are in a cabin picture: the upper part, all of its width, because a driver leans and
 * passengers sit beside and behind. Generous on purpose: no detector decides, so none can miss
 * (electron/docs/adr/0007).
 */
export const HEAD_ZONE: HeadZone = { x: 0, y: 0, width: 1, height: 0.65 }

/**
 * Blocks across the picture, on average 40 pixels wide at 640: three or four across a head, where
 * recognition by people needs about sixteen (Harmon and Julesz 1973) and networks have succeeded
 * with fourteen (McPherson, Shokri and Shmatikov 2016).
 */
const ZONE_BLOCKS = 16

/** The rest: hands and what they hold stay readable, a face that strays there does not. */
const REST_BLOCKS = 48

/** Steps of brightness left in a block of the zone: neighbouring frames cannot be added up to more. */
const ZONE_LEVELS = 16

interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * Overwrites every pixel of a picture (HWC, three channels, rows without padding) with the mean of
 * its block: coarse in the zone, finer elsewhere. A block that touches the zone belongs to it.
 */
export function mosaic(pixels: Uint8Array, width: number, height: number, zone: HeadZone): void {
  const rest = { left: 0, top: 0, right: width, bottom: height }
  blocks(rest, Math.ceil(width / REST_BLOCKS), (area) => {
    fill(pixels, width, area, 256)
  })
  const heads = {
    left: Math.floor(zone.x * width),
    top: Math.floor(zone.y * height),
    right: Math.ceil((zone.x + zone.width) * width),
    bottom: Math.ceil((zone.y + zone.height) * height),
  }
  blocks(heads, Math.ceil(width / ZONE_BLOCKS), (area) => {
    fill(pixels, width, area, ZONE_LEVELS)
  })
}

/** Blocks of equal size, so that none at the edge is finer than the others. */
function blocks({ left, top, right, bottom }: Area, size: number, visit: (area: Area) => void) {
  const columns = Math.max(1, Math.floor((right - left) / size))
  const rows = Math.max(1, Math.floor((bottom - top) / size))
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      visit({
        left: left + Math.floor(((right - left) * column) / columns),
        right: left + Math.floor(((right - left) * (column + 1)) / columns),
        top: top + Math.floor(((bottom - top) * row) / rows),
        bottom: top + Math.floor(((bottom - top) * (row + 1)) / rows),
      })
    }
  }
}

function fill(pixels: Uint8Array, width: number, area: Area, levels: number): void {
  const { left, top, right, bottom } = area
  const count = (right - left) * (bottom - top)
  const step = 256 / levels
  for (let channel = 0; channel < 3; channel += 1) {
    let sum = 0
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) sum += pixels[(y * width + x) * 3 + channel] ?? 0
    }
    const mean = Math.min(255, Math.floor(sum / count / step) * step + Math.floor(step / 2))
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) pixels[(y * width + x) * 3 + channel] = mean
    }
  }
}
