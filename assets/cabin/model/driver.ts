import type { Random } from './random.ts'

/** Colours are sRGB numbers as in CSS: 0xrrggbb. */
export type Hex = number

/** Who drives. Lengths of the body are those of a 1.75 m person times `scale`. */
export interface Driver {
  readonly scale: number
  /** 1 is average, above is heavier. */
  readonly build: number
  /** Crash-test markers on head and joints. */
  readonly dummy: boolean
  readonly skin: Hex
  readonly shirt: Hex
  readonly shirtSecond: Hex
  readonly pattern: 'plain' | 'stripes' | 'yoke'
  readonly sleeve: 'none' | 'short' | 'long'
  readonly trousers: Hex
  readonly hair: 'none' | 'short' | 'bob' | 'long' | 'bun'
  readonly hairColour: Hex
  readonly hat: 'none' | 'cap' | 'beanie'
  readonly hatColour: Hex
  readonly glasses: 'none' | 'clear' | 'sun'
  readonly beard: boolean
  readonly watch: 'none' | 'left' | 'right'
  readonly phone: Hex
  readonly cup: 'paper' | 'bottle' | 'mug'
  readonly cupColour: Hex
}

/** The skins of crash-test dummies: the yellow, orange and grey of the common families. */
const DUMMY_SKINS = [0xe8b23a, 0xd99a4e, 0xe0c08a, 0xc9cdd2, 0xb9805a] as const
const SKINS = [0xf0c8a8, 0xe2b08c, 0xc98e66, 0xa56d48, 0x7d4e33, 0x583522] as const
const CLOTHES = [
  0xf2f2ee, 0xd8d8d4, 0x8d9096, 0x3c4046, 0x1d1f24, 0x22304f, 0x2f62a8, 0x7fb0dd, 0x1f7a6b,
  0x3d7a3a, 0x93a83a, 0xb3262c, 0xd8573a, 0xe39a2d, 0x7a2f57, 0xc77fa5, 0x6b4a33, 0x53507f,
] as const
const TROUSERS = [0x27324a, 0x39506f, 0x1c1d21, 0x4b4d52, 0x9a8a6c, 0xc0b598, 0x5a4736] as const
const HAIR = [
  0x15110f, 0x2a1c14, 0x4a2f1c, 0x7b5230, 0xb8904f, 0xd8c48e, 0x8c8c8c, 0x7c2f1b,
] as const

/** A driver of his or her own for every stream. */
export function randomDriver(random: Random): Driver {
  const dummy = random.chance(0.45)
  const hat = random.weighted({ none: 0.8, cap: 0.12, beanie: 0.08 })
  return {
    scale: random.bell(0.92, 1.07),
    build: random.bell(0.86, 1.26),
    dummy,
    skin: dummy ? random.pick(DUMMY_SKINS) : random.pick(SKINS),
    shirt: random.pick(CLOTHES),
    shirtSecond: random.pick(CLOTHES),
    pattern: random.weighted({ plain: 0.6, stripes: 0.25, yoke: 0.15 }),
    sleeve: random.weighted({ none: 0.12, short: 0.48, long: 0.4 }),
    trousers: random.pick(TROUSERS),
    hair: dummy
      ? random.weighted({ none: 0.8, short: 0.2 })
      : random.weighted({ none: 0.06, short: 0.46, bob: 0.16, long: 0.18, bun: 0.14 }),
    hairColour: random.pick(HAIR),
    hat,
    hatColour: random.pick(CLOTHES),
    glasses: random.weighted({ none: 0.66, clear: 0.2, sun: 0.14 }),
    beard: !dummy && random.chance(0.15),
    watch: random.weighted({ none: 0.55, left: 0.35, right: 0.1 }),
    phone: random.pick([0x111215, 0x1c1c20, 0xd9dadd, 0x9b1c28, 0x2b4a7a]),
    cup: random.weighted({ paper: 0.5, bottle: 0.3, mug: 0.2 }),
    cupColour: random.pick([0xf4f1ea, 0xe7e2d6, 0xb8332b, 0x1f6f57, 0x3b6fb0]),
  }
}

/** The demo drive's own driver: the classic yellow dummy, in none of the training sets. */
export const DEMO_DRIVER: Driver = {
  scale: 1,
  build: 1,
  dummy: true,
  skin: 0xe9b53c,
  shirt: 0x2d5f9a,
  shirtSecond: 0xe8e6df,
  pattern: 'yoke',
  sleeve: 'short',
  trousers: 0x2b3446,
  hair: 'none',
  hairColour: 0x15110f,
  hat: 'none',
  hatColour: 0x15110f,
  glasses: 'none',
  beard: false,
  watch: 'left',
  phone: 0x15161a,
  cup: 'paper',
  cupColour: 0xf4f1ea,
}
