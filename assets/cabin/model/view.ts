import type { Hex } from './driver.ts'
import type { Random } from './random.ts'

type Point = readonly [x: number, y: number, z: number]

/** Where the camera sits, in the cabin's metres, and how its lens draws. */
export interface View {
  readonly position: Point
  readonly target: Point
  /** Radians, positive turns the picture anticlockwise. */
  readonly roll: number
  /** Horizontal angle of view, degrees. */
  readonly angle: number
  /** Barrel distortion: 0 none, 0.12 a cheap wide lens. */
  readonly barrel: number
}

/** Daylight, the last light, or darkness seen through an infrared lamp beside the lens. */
export type LightKind = 'day' | 'dusk' | 'night'

export interface Light {
  readonly kind: LightKind
  /** Direction towards the sun. */
  readonly sun: Point
  readonly sunLevel: number
  readonly sunColour: Hex
  /** Light from the sky through the glass. */
  readonly skyLevel: number
  readonly skyColour: Hex
  readonly lampLevel: number
  readonly exposure: number
  /** Colour cast of the sensor, multiplied in. */
  readonly cast: Point
  readonly monochrome: boolean
  /** Standard deviation of the grain, 0-1. */
  readonly grain: number
  /** Softness of the lens in pixels of a 640-pixel picture. */
  readonly blur: number
  readonly vignette: number
  /** What passes by: seed, speed in metres a second, share of trees against houses. */
  readonly outside: { readonly seed: number; readonly speed: number; readonly trees: number }
  /** JPEG quality, 0-1. */
  readonly quality: number
}

/** A camera on the passenger's side of the dashboard. */
export function randomView(random: Random): View {
  return {
    position: [random.bell(0.34, 0.54), random.bell(0.86, 1.0), random.bell(0.92, 1.06)],
    target: [random.bell(0.1, 0.2), random.bell(0.675, 0.735), 0],
    roll: random.bell(-0.05, 0.08),
    angle: random.bell(56, 66),
    barrel: random.range(0, 0.08),
  }
}

/** The demo drive's camera. */
export const DEMO_VIEW: View = {
  position: [0.45, 0.93, 1.0],
  target: [0.15, 0.705, 0],
  roll: 0.02,
  angle: 61,
  barrel: 0.03,
}

/** Light of this kind; the sun comes from anywhere that reaches the side or the front glass. */
export function randomLight(kind: LightKind, random: Random): Light {
  const azimuth = random.range(-2.6, 0.6)
  const elevation = kind === 'day' ? random.range(0.45, 1.1) : random.range(0.1, 0.3)
  const level = Math.cos(elevation)
  const day = kind === 'day'
  const night = kind === 'night'
  return {
    kind,
    sun: [Math.cos(azimuth) * level, Math.sin(elevation), Math.sin(azimuth) * level],
    sunLevel: day ? random.range(0, 2.2) : night ? 0 : random.range(0.15, 0.9),
    sunColour: day ? 0xfff1dc : 0xffc08a,
    skyLevel: day ? random.range(0.75, 1.25) : night ? 0.012 : random.range(0.42, 0.65),
    skyColour: day ? random.pick([0xdcebff, 0xe8f0ee, 0xd2f0ea]) : 0xb4bee0,
    lampLevel: night ? random.range(0.9, 1.5) : 0,
    exposure: night
      ? random.range(0.9, 1.25)
      : day
        ? random.range(0.75, 1.3)
        : random.range(1, 1.5),
    cast: night ? [1, 1, 1] : [random.bell(0.9, 1.06), 1, random.bell(0.9, 1.1)],
    monochrome: night,
    grain: day ? random.range(0.004, 0.018) : random.range(0.015, 0.045),
    blur: random.range(0.5, 1.3),
    vignette: random.range(0.05, 0.35),
    outside: { seed: random.range(0, 1000), speed: random.range(6, 22), trees: random.next() },
    quality: random.range(0.72, 0.93),
  }
}

/** The demo drive's bright morning. */
export const DEMO_LIGHT: Light = {
  ...{ kind: 'day', sun: [0.42, 0.72, -0.55], sunLevel: 1.25, sunColour: 0xfff1dc },
  ...{ skyLevel: 1.05, skyColour: 0xdcebff, lampLevel: 0, exposure: 1.05, cast: [1, 1, 0.99] },
  ...{ monochrome: false, grain: 0.008, blur: 0.7, vignette: 0.2, quality: 0.95 },
  outside: { seed: 41, speed: 13, trees: 0.6 },
}
