import type { Level } from '../../../electron/core/monitor/level.ts'
import type { Millis } from '../../../electron/core/frame.ts'

/** One tone of an alarm. */
interface Pulse {
  readonly atMs: Millis
  readonly lengthMs: Millis
  /** Fundamental; `HARMONICS` sound with it. */
  readonly hz: number
}

export interface Pattern {
  readonly pulses: readonly Pulse[]
  /** From the start of a burst to the start of the next; undefined: once. */
  readonly everyMs: Millis | undefined
  /** Beside the volume that the user chose. */
  readonly gain: number
}

/** Relative strengths of the fundamental and its harmonics: IEC 60601-1-8 wants at least four. */
export const HARMONICS: readonly number[] = [1, 0.7, 0.5, 0.36, 0.24]

/** Fundamentals between 150 and 1000 Hz (IEC 60601-1-8). */
const C5 = 523
const E5 = 659
const G5 = 784

/** Pulses one after the other. */
function row(hz: readonly number[], lengthMs: Millis, periodMs: Millis, startMs = 0): Pulse[] {
  return hz.map((tone, i) => ({ atMs: startMs + i * periodMs, lengthMs, hz: tone }))
}

/** After the low, medium and high priority of IEC 60601-1-8: one, three and ten pulses. */
export const PATTERNS: Readonly<Record<Level | 'blind', Pattern>> = {
  caution: { pulses: row([E5, C5], 180, 240), everyMs: undefined, gain: 0.5 },
  warning: { pulses: row([C5, E5, G5], 200, 360), everyMs: 2600, gain: 0.8 },
  critical: {
    pulses: [
      ...row([C5, E5, G5], 130, 210),
      ...row([G5, G5], 130, 210, 780),
      ...row([C5, E5, G5], 130, 210, 1500),
      ...row([G5, G5], 130, 210, 2280),
    ],
    everyMs: 4200,
    gain: 1,
  },
  /** Nobody is watching: two falling tones, unlike any alert. */
  blind: { pulses: row([392, 262], 320, 420), everyMs: 20_000, gain: 0.6 },
}
