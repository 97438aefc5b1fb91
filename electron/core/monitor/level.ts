/** How loudly an alert speaks, in rising order. */
const LEVELS = ['caution', 'warning', 'critical'] as const

export type Level = (typeof LEVELS)[number]

/** 0 for no alert, then 1 (`caution`) to 3 (`critical`). */
export function rank(level: Level | undefined): number {
  return level === undefined ? 0 : LEVELS.indexOf(level) + 1
}

/** The lower of two levels. */
export function lower(a: Level, b: Level): Level {
  return rank(a) <= rank(b) ? a : b
}
