import { age, answer, clear, countCriticalTime, isMuted, raise } from './alertEpisode.ts'
import type { ClassifiedFrame } from './classification.ts'
import type { Attention } from './dwell.ts'
import type { Running } from './monitorState.ts'
import type { Preset } from './preset.ts'
import { capped, findLevel, ruleInputOf } from './rules.ts'
import { quietly, type StepResult } from './stepResult.ts'

/** Raises, repeats and clears the alert, after the time of the frame has been counted. */
export function updateAlert(
  preset: Preset,
  state: Running,
  frame: ClassifiedFrame,
  attention: Attention,
): StepResult {
  const critical = countCriticalTime(preset, state, frame.stepMs, frame.tMs)
  const acted = act(preset, critical.state, frame, attention)
  return { state: acted.state, events: [...critical.events, ...acted.events] }
}

function act(
  preset: Preset,
  state: Running,
  frame: ClassifiedFrame,
  attention: Attention,
): StepResult {
  switch (attention.kind) {
    case 'unknown':
      return quietly(state)
    case 'attentive':
      return clear(preset, answer(state), ruleInputOf(preset, state), frame.tMs)
    case 'distracted':
      return alarm(preset, age(state, attention.addedMs), frame, attention)
  }
}

function alarm(
  preset: Preset,
  state: Running,
  { tMs, frameBelief, belief, streak }: ClassifiedFrame,
  { cap }: Extract<Attention, { kind: 'distracted' }>,
): StepResult {
  const input = ruleInputOf(preset, state)
  const reached = isMuted(preset, state, input) ? undefined : findLevel(preset, input)
  const context = { tMs, frameBelief, belief, streakSinceMs: streak.sinceMs }
  return raise(preset, state, input, capped(reached, cap), context)
}
