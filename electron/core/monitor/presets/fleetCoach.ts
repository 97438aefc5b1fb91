import type { Preset } from '../preset.ts'
import { FILTER } from './filter.ts'

/** Practice of commercial fleet products. The first alert is the driver's own business. */
export const FLEET_COACH: Preset = {
  id: 'fleet-coach',
  title: 'Fleet coach',
  basis: 'timing from the practice of commercial fleet products',
  filter: FILTER,
  rules: [
    {
      kind: 'dwell',
      id: 'phone-dwell',
      classes: ['c1', 'c2', 'c3', 'c4'],
      steps: [
        { level: 'caution', afterMs: 2000, cabOnly: true }, // fleet practice: phone 2 s, cab first
        { level: 'warning', afterMs: 7000 }, // ours: not corrected 5 s after the first alert
      ],
    },
    {
      kind: 'dwell',
      id: 'unsafe-dwell',
      classes: 'unsafe',
      steps: [
        // Not from fleet practice, which names the phone only: Euro NCAP, long distraction 3 s.
        { level: 'caution', afterMs: 3000, cabOnly: true },
        { level: 'warning', afterMs: 8000 }, // ours: not corrected 5 s after the first alert
      ],
    },
  ],
  clearMs: 2000, // Euro NCAP Safe Driving v10.4: VATS reset
  recovery: { kind: 'reset' },
  uncertainty: {
    resetMs: 2000, // as clearMs
    notices: [{ code: 'unsure-long', afterMs: 8000 }], // Euro NCAP: told within 10 s
  },
  slow: { belowKmh: 16, cap: 'off' }, // fleet practice: only while moving at 16 km/h (10 mph) or more
  repeatMs: 30_000, // fleet practice: audio repeats every 30 s until corrected
  sameClassGapMs: 15_000, // fleet practice: same-type repeat gap 15 s
}
