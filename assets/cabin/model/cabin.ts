import type { Hex } from './driver.ts'
import type { Random } from './random.ts'

/**
 * The car around a left-hand driver, in metres: x forward, y up from the floor, z to the right.
 * The driver's seat is in the plane z = 0, the middle of the car at z = 0.37.
 */
export interface Cabin {
  /** The driver's hip point, which seat slide and height move. */
  readonly hip: { readonly x: number; readonly y: number }
  /** Angle of the seat back from upright, radians. */
  readonly recline: number
  readonly seat: Hex
  readonly seatTrim: Hex
  readonly armrest: boolean
  readonly headrest: 'block' | 'wing'
  readonly dash: Hex
  readonly lower: Hex
  readonly trim: Hex
  readonly belt: Hex
  readonly roof: Hex
  readonly wheel: {
    readonly x: number
    readonly y: number
    /** Angle of the wheel's plane from upright, radians. */
    readonly tilt: number
    readonly radius: number
    readonly rim: Hex
    readonly spokes: 3 | 4
  }
  readonly stackX: number
  readonly screen: boolean
  readonly passenger: boolean
  readonly passengerTrousers: Hex
  readonly passengerSkin: Hex
  /** Height of the door's upper edge, where the glass begins. */
  readonly sill: number
}

const UPHOLSTERY = [0x8a8c8f, 0x6f7276, 0x4a4c50, 0x2a2b2e, 0x1d1e20, 0xb5aa98, 0x7d5a40] as const
const PLASTIC = [0x2b2c2f, 0x3a3b3f, 0x1f2022, 0x54565a, 0x6f6a60] as const

/** A cabin of its own for every stream. */
export function randomCabin(random: Random): Cabin {
  const seat = random.pick(UPHOLSTERY)
  const slide = random.bell(-0.05, 0.04)
  return {
    hip: { x: slide, y: random.bell(0.285, 0.33) },
    recline: random.bell(0.28, 0.44),
    seat,
    seatTrim: random.chance(0.6) ? seat : random.pick(UPHOLSTERY),
    armrest: random.chance(0.3),
    headrest: random.pick(['block', 'wing']),
    dash: random.pick(PLASTIC),
    lower: random.pick(PLASTIC),
    trim: random.pick([0x9a9c9f, 0x4d4f53, 0x6b4a2c, 0x1a1a1c, 0xb7b9bc]),
    belt: random.pick([0x55575a, 0x2a2b2d, 0x8b8a86, 0x6d675c]),
    roof: random.pick([0xa9a69e, 0x8a8b8c, 0x3b3c3f]),
    wheel: {
      x: 0.42 + slide * 0.35 + random.bell(-0.02, 0.02),
      y: random.bell(0.6, 0.655),
      tilt: random.bell(0.44, 0.58),
      radius: random.bell(0.178, 0.195),
      rim: random.pick([0x1a1a1c, 0x232427, 0x3b3c40, 0x5b5247]),
      spokes: random.pick([3, 4]),
    },
    stackX: 0.47 + slide * 0.3 + random.bell(-0.015, 0.015),
    screen: random.chance(0.75),
    passenger: random.chance(0.35),
    passengerTrousers: random.pick([0x27324a, 0x6b6d72, 0x9a8a6c, 0x1c1d21]),
    passengerSkin: random.pick([0xe2b08c, 0xa56d48, 0xe0c08a, 0xc9cdd2]),
    sill: random.bell(0.66, 0.73),
  }
}

/** The demo drive's cabin: light seats, dark dashboard, nobody beside the driver. */
export const DEMO_CABIN: Cabin = {
  hip: { x: -0.01, y: 0.305 },
  recline: 0.34,
  seat: 0x84878b,
  seatTrim: 0x5f6266,
  armrest: false,
  headrest: 'block',
  dash: 0x303236,
  lower: 0x45474b,
  trim: 0x9fa2a6,
  belt: 0x3f4144,
  roof: 0xa6a49d,
  wheel: { x: 0.42, y: 0.63, tilt: 0.5, radius: 0.187, rim: 0x1e1f22, spokes: 3 },
  stackX: 0.47,
  screen: true,
  passenger: false,
  passengerTrousers: 0x27324a,
  passengerSkin: 0xe0c08a,
  sill: 0.69,
}
