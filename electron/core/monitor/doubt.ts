import type { Millis } from '../frame.ts'
import type { DoubtNotice, DoubtSettings } from './preset.ts'

/** How long the model has been unsure. Short certainty in between does not wipe it out. */
export interface DoubtState {
  readonly unsureMs: Millis
  /** Certain time since it was last unsure. */
  readonly sureMs: Millis
  /** How many of the preset's notices have been given. */
  readonly told: number
}

export const NO_DOUBT: DoubtState = { unsureMs: 0, sureMs: 0, told: 0 }

/** Counts one frame's time, and says which notice is due with it. */
export function countDoubt(
  state: DoubtState,
  settings: DoubtSettings,
  unsure: boolean,
  stepMs: Millis,
): { readonly state: DoubtState; readonly due: DoubtNotice | undefined } {
  if (!unsure) {
    const sureMs = state.sureMs + stepMs
    return { state: sureMs >= settings.resetMs ? NO_DOUBT : { ...state, sureMs }, due: undefined }
  }
  const unsureMs = state.unsureMs + stepMs
  const next = settings.notices[state.told]
  const due = next !== undefined && unsureMs >= next.afterMs ? next : undefined
  const told = due === undefined ? state.told : state.told + 1
  return { state: { unsureMs, sureMs: 0, told }, due }
}

/** Whether doubt has lasted long enough for the slower rules. */
export function isUncertain(state: DoubtState, settings: DoubtSettings): boolean {
  return state.unsureMs >= (settings.uncertainMs ?? Infinity)
}
