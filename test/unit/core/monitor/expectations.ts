import type { Preset } from '../../../../electron/core/monitor/preset.ts'
import { PRESETS } from '../../../../electron/core/monitor/presets/all.ts'

/** What each preset says, in alert levels and seconds after the driver has looked away. */
interface Expected {
  /** 20 s of tuning the radio at speed. */
  readonly distracted: readonly string[]
  /** 8 s on the phone. */
  readonly phone: readonly string[]
  /** The first level, and the time at which it is reached. */
  readonly first: readonly [string, number]
  /** 60 s of radio at a standstill, and what the first 5 s after moving off add. */
  readonly parked: readonly string[]
  readonly moving: readonly string[]
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  roadward: {
    distracted: ['caution @1.5', 'warning @3', 'critical @6'],
    phone: ['warning @1.5', 'critical @3'],
    first: ['caution', 1.5],
    parked: ['caution @1.5'],
    moving: ['warning @60', 'critical @62.9'],
  },
  openpilot: {
    distracted: ['caution @3', 'warning @5', 'critical @11'],
    phone: ['caution @3', 'warning @5'],
    first: ['caution', 3],
    parked: ['caution @3'],
    moving: ['warning @60'],
  },
  'euroncap-2023': {
    distracted: ['warning @3', 'critical @6'],
    phone: ['warning @3', 'critical @6'],
    first: ['warning', 3],
    parked: ['caution @3'],
    moving: ['warning @60', 'critical @62.9'],
  },
  'eu-addw': {
    distracted: ['warning @3.5'],
    phone: ['warning @3.5'],
    first: ['warning', 3.5],
    parked: [],
    moving: ['warning @63.4'],
  },
  'fleet-coach': {
    distracted: ['caution @3', 'warning @8'],
    phone: ['caution @2', 'warning @7'],
    first: ['caution', 3],
    parked: [],
    moving: ['caution @62.9'],
  },
}

export const CASES = PRESETS.map((preset) => ({
  name: preset.id,
  preset,
  expected: expectedOf(preset),
}))

function expectedOf(preset: Preset): Expected {
  const expected = EXPECTED[preset.id]
  if (expected === undefined) throw new Error(`no expectations for ${preset.id}`)
  return expected
}
