import type { Preset } from '../preset.ts'
import { FILTER } from './filter.ts'

/** commaai/openpilot, selfdrive/monitoring policy. Unsafe time is awareness used up, of 11 s. */
export const OPENPILOT: Preset = {
  id: 'openpilot',
  title: 'openpilot',
  basis: 'timing from commaai/openpilot selfdrive/monitoring',
  filter: FILTER,
  rules: [
    {
      kind: 'dwell',
      id: 'awareness',
      classes: 'unsafe',
      uncertain: false,
      steps: [
        { level: 'caution', afterMs: 3000 }, // openpilot: level 1, visual
        { level: 'warning', afterMs: 5000 }, // openpilot: level 2, repeating sound
        { level: 'critical', afterMs: 11_000 }, // openpilot: level 3, full screen
      ],
    },
    {
      kind: 'dwell',
      id: 'awareness-uncertain',
      classes: 'unsafe',
      uncertain: true,
      steps: [
        { level: 'caution', afterMs: 15_000 }, // openpilot: slower timers of an uncertain model
        { level: 'warning', afterMs: 24_000 },
        { level: 'critical', afterMs: 30_000 },
      ],
    },
  ],
  clearMs: 1000, // ours: half a second of attention ends no alert
  recovery: { kind: 'gradual', slowest: 1.25, fastest: 5 }, // openpilot: recovery factors
  uncertainty: {
    resetMs: 20_000, // openpilot: 20 s of good view
    notices: [
      { code: 'unsure-long', afterMs: 10_000 }, // openpilot: model uncertain
      { code: 'camera-poor', afterMs: 60_000 }, // openpilot: poor camera confidence
    ],
    uncertainMs: 10_000, // openpilot: falls back to the slower timers
  },
  slow: { belowKmh: 1, cap: 'caution' }, // openpilot: standstill caps at level 1
  latchFrom: 'critical', // openpilot: level 3 latches until the driver acts
  lockOut: { alerts: 3, criticalMs: 30_000 }, // openpilot: 3 level-3 alerts or 30 s at level 3
}
