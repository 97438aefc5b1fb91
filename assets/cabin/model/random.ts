/** A stream of numbers that depends on its seed alone, so that every picture can be made again. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform in [low, high). */
  range(low: number, high: number): number
  /** Bell-shaped around the middle of [low, high], never outside it. */
  bell(low: number, high: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  pick<T>(choices: readonly [T, ...T[]]): T
  /** One of the keys, in proportion to its weight. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K
  /** An independent stream: drawing from one does not move the other. */
  fork(label: string | number): Random
}

/** FNV-1a over the UTF-16 code units, with a final avalanche. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** Mulberry32 (Tommy Ettinger, public domain): small, quick and good enough for pictures. */
export function seededRandom(seed: string): Random {
  let state = hash(seed)
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const range = (low: number, high: number): number => low + (high - low) * next()
  return {
    next,
    range,
    bell: (low, high) => low + ((high - low) * (next() + next() + next())) / 3,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    weighted: <K extends string>(weights: Readonly<Record<K, number>>): K => {
      const entries = Object.entries(weights) as [K, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [key, weight] of entries) {
        left -= weight
        if (left < 0) return key
      }
      const last = entries.at(-1)
      if (last === undefined) throw new Error('weighted() needs at least one choice')
      return last[0]
    },
    fork: (label) => seededRandom(`${seed}/${label}`),
  }
}

const lattice = (seed: number, cell: number): number => hash(`${seed}:${cell}`) / 2_147_483_648 - 1

/** Smooth noise in [-1, 1] that crosses about one hill a unit of t. */
export function smoothNoise(seed: number, t: number): number {
  const cell = Math.floor(t)
  const part = t - cell
  const ease = part * part * (3 - 2 * part)
  return lattice(seed, cell) * (1 - ease) + lattice(seed, cell + 1) * ease
}
