import type { Preset } from '../preset.ts'
import { FILTER } from './filter.ts'

/** The default: a composite of the sources that the other presets follow one at a time. */
export const ROADWARD: Preset = {
  id: 'roadward',
  title: 'Roadward',
  basis: 'timing from a composite of openpilot and Euro NCAP',
  filter: FILTER,
  rules: [
    {
      kind: 'dwell',
      id: 'phone-dwell',
      classes: ['c1', 'c2', 'c3', 'c4'],
      // docs/alerts.md: phone classes one step faster. There is no caution: it is a warning at once.
      steps: [
        { level: 'warning', afterMs: 1500 },
        { level: 'critical', afterMs: 3000 },
      ],
    },
    {
      kind: 'dwell',
      id: 'unsafe-dwell',
      classes: 'unsafe',
      steps: [
        { level: 'caution', afterMs: 1500 }, // docs/alerts.md: roadward
        { level: 'warning', afterMs: 3000 }, // Euro NCAP Safe Driving v10.4: long distraction, 3 s
        { level: 'critical', afterMs: 6000 }, // Euro NCAP Safe Driving v10.4: unresponsive, 6 s away
      ],
    },
    {
      kind: 'cumulative',
      id: 'unsafe-cumulative',
      level: 'warning',
      allowedMs: 10_000, // Euro NCAP Safe Driving v10.4: VATS, 10 s within 30 s
      windowMs: 30_000,
    },
  ],
  clearMs: 2000, // Euro NCAP Safe Driving v10.4: 2 s attentive reset VATS
  recovery: { kind: 'reset' },
  uncertainty: {
    resetMs: 2000, // as clearMs
    notices: [{ code: 'unsure-long', afterMs: 8000 }], // Euro NCAP: told within 10 s, with a margin
  },
  slow: { belowKmh: 1, cap: 'caution' }, // openpilot: standstill caps at level 1
}
