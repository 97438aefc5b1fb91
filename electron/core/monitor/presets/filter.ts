import type { FilterSettings } from '../preset.ts'

/**
 * The one filter that all presets share, tuned on out-of-fold predictions. A preset differs in what
 * it does about a state, not in how it sees one.
 */
export const FILTER: FilterSettings = {
  transitionsPerSecond: 1, // ADR 0008, tuned: 0.5 alarms falsely more often, 2 finds less
  correlationMs: 250, // openpilot selfdrive/monitoring: distraction filter, tau 0.25 s
  outlierShare: 0.05, // ours: one frame in twenty
  tauMs: 250, // openpilot selfdrive/monitoring: distraction filter, tau 0.25 s
  unsafe: { on: 0.8, off: 0.5 }, // ADR 0008, tuned; openpilot has 0.63 and 0.37 on smoothed frames
  split: { on: 0.35, off: 0.25 }, // ours: half of the folds against half give 0.5, a quarter against the rest 0.375
  entropy: { on: 0.55, off: 0.45 }, // ADR 0008, tuned: 3.5 and 2.8 equally likely classes of 10
  surelyUnsafeBelow: 0.02, // ours: a fifth of what a uniform vector gives c0
  contradictionShare: { on: 0.45, off: 0.3 }, // ours: frames that alternate give 0.5, a wrong one in four 0.25
  contradictionTauMs: 1000, // ours: four times tau, so that a change of mind weighs a quarter
  flickerMs: 500, // ours: twice tau
  maxStepMs: 600, // ours: the slowest frame rate we promise, 2 per second, and a fifth of jitter
  gapLimitMs: 2000, // ours: a restart of the engine costs two seconds (docs/alerts.md)
  forgetAfterMs: 30_000, // Euro NCAP Safe Driving v10.4: what is added up is added up over 30 s
  view: {
    coveredStd: { on: 6, off: 9 }, // ours: State Farm pictures have 50 to 70, sensor noise 1 to 5
    darkMean: { on: 25, off: 30 }, // ours: State Farm pictures have 60 to 140
    darkStd: { on: 16, off: 20 }, // ours: a night picture in infrared light has contrast above this
    overexposed: { on: 0.6, off: 0.5 }, // ours: share of saturated pixels
    frozenChange: { on: 0.02, off: 0.05 }, // ours: a repeated picture gives 0, sensor noise above 0.3
    frozenAfterMs: 5000, // ours: blind 2 s later, well within Euro NCAP's 10 s
    restoreMs: 500, // ours: twice tau
  },
}
