import type { Preset } from '../preset.ts'
import { FILTER } from './filter.ts'

/**
 * EU 2023/2590, as quoted in secondary sources. The 1.5 s more that it grants for eyewear, poor
 * light or occlusion is not used: we cannot tell eyewear, and to warn early is allowed.
 */
export const EU_ADDW: Preset = {
  id: 'eu-addw',
  title: 'EU distraction warning',
  basis: 'timing from EU 2023/2590',
  filter: FILTER,
  rules: [
    {
      kind: 'dwell',
      id: 'addw-fast',
      classes: 'unsafe',
      fromKmh: 50, // unknown speed counts as the fast case
      steps: [{ level: 'warning', afterMs: 3500 }], // from 50 km/h: after 3.5 s
    },
    {
      kind: 'dwell',
      id: 'addw-slow',
      classes: 'unsafe',
      fromKmh: 20,
      belowKmh: 50,
      steps: [{ level: 'warning', afterMs: 6000 }], // 20 to 50 km/h: after 6 s
    },
  ],
  clearMs: 2000, // not from EU 2023/2590: Euro NCAP Safe Driving v10.4, VATS reset
  recovery: { kind: 'reset' },
  uncertainty: {
    resetMs: 2000, // as clearMs
    notices: [{ code: 'unsure-long', afterMs: 8000 }], // Euro NCAP: told within 10 s
  },
  slow: { belowKmh: 20, cap: 'off' }, // warns from 20 km/h
}
