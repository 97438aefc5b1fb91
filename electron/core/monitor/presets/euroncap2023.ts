import type { Preset } from '../preset.ts'
import { FILTER } from './filter.ts'

/** Euro NCAP Safe Driving v10.4, as quoted in secondary sources. */
export const EURONCAP_2023: Preset = {
  id: 'euroncap-2023',
  title: 'Euro NCAP 2023',
  basis: 'timing from Euro NCAP Safe Driving v10.4',
  filter: FILTER,
  rules: [
    {
      kind: 'dwell',
      id: 'long-distraction',
      classes: 'unsafe',
      steps: [
        { level: 'warning', afterMs: 3000 }, // long distraction: 3 s away
        { level: 'critical', afterMs: 6000 }, // unresponsive: 6 s away
      ],
    },
    {
      kind: 'cumulative',
      id: 'short-distraction',
      level: 'warning',
      allowedMs: 10_000, // short distraction (VATS): 10 s cumulative
      windowMs: 30_000, // within 30 s
      resetMs: 2000, // reset by 2 s attentive
    },
    {
      kind: 'unresponsive',
      id: 'unresponsive',
      level: 'critical',
      after: 'warning',
      afterMs: 3000, // unresponsive: no return within 3 s of a warning
    },
  ],
  clearMs: 2000, // as the VATS reset
  recovery: { kind: 'reset' },
  uncertainty: {
    resetMs: 2000, // as clearMs
    notices: [{ code: 'unsure-long', afterMs: 8000 }], // degraded sensing: told within 10 s
  },
  slow: { belowKmh: 1, cap: 'caution' }, // not from Euro NCAP: openpilot's cap at standstill
}
