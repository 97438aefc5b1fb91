import type { Preset } from '../preset.ts'
import { EU_ADDW } from './euAddw.ts'
import { EURONCAP_2023 } from './euroncap2023.ts'
import { FLEET_COACH } from './fleetCoach.ts'
import { OPENPILOT } from './openpilot.ts'
import { ROADWARD } from './roadward.ts'

/** The presets that ship, the default first. */
export const PRESETS: readonly Preset[] = [ROADWARD, OPENPILOT, EURONCAP_2023, EU_ADDW, FLEET_COACH]

/** A shipped preset by id such as `euroncap-2023`. */
export function findPreset(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id)
}
