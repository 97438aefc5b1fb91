import type { Millis } from '../frame.ts'
import { reached } from './reached.ts'
import type { UncertaintyNotice, UncertaintySettings } from './preset.ts'

/** How long the model has been unsure. Short certainty in between does not wipe it out. */
export interface UncertaintyState {
  readonly unsureMs: Millis
  /** Certain time since it was last unsure. */
  readonly sureMs: Millis
  /** How many of the preset's notices have been given. */
  readonly told: number
}

export const CERTAIN: UncertaintyState = { unsureMs: 0, sureMs: 0, told: 0 }

/** Counts one frame's time, and says which notice is due with it. */
export function countUncertainty(
  state: UncertaintyState,
  settings: UncertaintySettings,
  unsure: boolean,
  stepMs: Millis,
): { readonly state: UncertaintyState; readonly due: UncertaintyNotice | undefined } {
  if (!unsure) {
    const sureMs = state.sureMs + stepMs
    return {
      state: reached(sureMs, settings.resetMs) ? CERTAIN : { ...state, sureMs },
      due: undefined,
    }
  }
  const unsureMs = state.unsureMs + stepMs
  const next = settings.notices[state.told]
  const due = next !== undefined && reached(unsureMs, next.afterMs) ? next : undefined
  const told = due === undefined ? state.told : state.told + 1
  return { state: { unsureMs, sureMs: 0, told }, due }
}

/** Whether doubt has lasted long enough for the slower rules. */
export function isUncertain(state: UncertaintyState, settings: UncertaintySettings): boolean {
  return reached(state.unsureMs, settings.uncertainMs ?? Infinity)
}
