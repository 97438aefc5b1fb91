import type { Millis } from '../frame.ts'
import type { ClassId } from '../labels.ts'
import type { Level } from './level.ts'

/** A pair of thresholds: the state changes beyond `on` and back beyond `off`, and holds between. */
export interface Hysteresis {
  readonly on: number
  readonly off: number
}

/** When a picture no longer shows a driver. Luma is 0 to 255. */
export interface ViewLimits {
  /** Standard deviation of luma under which the lens shows no structure at all. */
  readonly coveredStd: Hysteresis
  /** Mean luma under which it is dark, provided contrast is poor too (a night picture has contrast). */
  readonly darkMean: Hysteresis
  /** Standard deviation of luma that a dark picture must stay under. */
  readonly darkStd: Hysteresis
  /** Share of saturated pixels (0 to 1) above which the picture is overexposed. */
  readonly overexposed: Hysteresis
  /** Mean absolute luma change between frames under which the picture stands still. */
  readonly frozenChange: Hysteresis
  /** How long it must stand still to count as frozen. */
  readonly frozenAfterMs: Millis
  /** How long the view must be good before its frames are judged again. */
  readonly restoreMs: Millis
}

/** From predictions to a driver state. One object shared by the presets: see `presets/filter.ts`. */
export interface FilterSettings {
  /** How often a driver changes to another class: how soon the belief forgets. */
  readonly transitionsPerSecond: number
  /** Frames within this time say one thing, however many they are. */
  readonly correlationMs: Millis
  /** Share, 0 to 1, of frames that say nothing: no single one can rule a class out. */
  readonly outlierShare: number
  /** Time constant of the first-order smoothing of split and entropy. */
  readonly tauMs: Millis
  /** Thresholds on P(unsafe) = 1 - P(c0), of the belief and of a frame by itself. */
  readonly unsafe: Hysteresis
  /** Thresholds on the folds' disagreement over safe against unsafe, 0 to 0.5. */
  readonly split: Hysteresis
  /** Thresholds on the entropy, 0 (certain) to 1 (uniform). */
  readonly entropy: Hysteresis
  /** With P(c0) under this, high entropy is doubt between unsafe classes: unsafe, not unsure. */
  readonly surelyUnsafeBelow: number
  /** Thresholds on the share of recent frames, 0 to 1, that contradict the smoothed belief. */
  readonly contradictionShare: Hysteresis
  /** Time constant of that share. */
  readonly contradictionTauMs: Millis
  /** A class timer outlives another class on top for less than this. */
  readonly flickerMs: Millis
  /** The most that one frame adds to any timer: longer steps are gaps, and gaps are not counted. */
  readonly maxStepMs: Millis
  /** Without a usable frame for this long nobody is watching: the state is `blind`. */
  readonly gapLimitMs: Millis
  /** After this long without a usable frame the timers begin afresh; an alert that is up stays. */
  readonly forgetAfterMs: Millis
  readonly view: ViewLimits
}

/** One threshold of a dwell rule. */
export interface DwellStep {
  readonly level: Level
  readonly afterMs: Millis
  /** The alert is for the cab only; no event is recorded for it. */
  readonly cabOnly?: boolean | undefined
}

/** Continuous unsafe time: of any class, or of the listed ones. */
export interface DwellRule {
  readonly kind: 'dwell'
  readonly id: string
  readonly classes: 'unsafe' | readonly ClassId[]
  /** Rising levels at rising times. */
  readonly steps: readonly DwellStep[]
  /** Holds from this speed on (km/h, inclusive). Unknown speed counts as the fastest. */
  readonly fromKmh?: number | undefined
  /** Holds under this speed (km/h, exclusive). */
  readonly belowKmh?: number | undefined
  /** Holds only while the model is (true) or is not (false) in lasting doubt. */
  readonly uncertain?: boolean | undefined
}

/** Unsafe time added up over a sliding window of watched time. At most one per preset. */
export interface CumulativeRule {
  readonly kind: 'cumulative'
  readonly id: string
  readonly level: Level
  readonly allowedMs: Millis
  readonly windowMs: Millis
  /** Attentive time that empties the window. */
  readonly resetMs?: Millis | undefined
}

/** No return to the road within a time after a warning. */
interface UnresponsiveRule {
  readonly kind: 'unresponsive'
  readonly id: string
  readonly level: Level
  readonly after: Level
  readonly afterMs: Millis
}

export type Rule = DwellRule | CumulativeRule | UnresponsiveRule

/**
 * Attention runs the unsafe timer back, `slowest` times real time near 0 and `fastest` times near
 * the last threshold; the rate grows linearly between.
 */
export interface GradualRecovery {
  readonly kind: 'gradual'
  readonly slowest: number
  /** Above `slowest`. */
  readonly fastest: number
}

/** What attention does to the unsafe timer; `reset`: back to 0, at once or with the alert's clearing. */
type Recovery = { readonly kind: 'reset' } | GradualRecovery

/** Told while the model stays unsure. */
export interface UncertaintyNotice {
  readonly code: 'unsure-long' | 'camera-poor'
  readonly afterMs: Millis
}

/** Lasting doubt of the model. */
export interface UncertaintySettings {
  /** Sure time that forgets the doubt. */
  readonly resetMs: Millis
  /** Rising times. */
  readonly notices: readonly UncertaintyNotice[]
  /** Doubt from which rules marked `uncertain: true` hold instead of those marked false. */
  readonly uncertainMs?: Millis | undefined
}

/** An alert policy as data; one engine interprets them all. */
export interface Preset {
  readonly id: string
  readonly title: string
  /** "timing from ...", never "compliant with ...". */
  readonly basis: string
  readonly filter: FilterSettings
  /** In order of precedence where two reach the same level. */
  readonly rules: readonly Rule[]
  /** Attentive time that ends an alert. */
  readonly clearMs: Millis
  readonly recovery: Recovery
  readonly uncertainty: UncertaintySettings
  /** Under this known speed alerts stop at `cap`; `off` stops the unsafe timers altogether. */
  readonly slow?: { readonly belowKmh: number; readonly cap: Level | 'off' } | undefined
  /** From this level on an alert ends only after the driver has acknowledged it. */
  readonly latchFrom?: Level | undefined
  /** Critical alerts, or time spent at critical, after which the drive is locked out. */
  readonly lockOut?: { readonly alerts: number; readonly criticalMs: Millis } | undefined
  /** Unsafe time after which an uncorrected alert is told again. */
  readonly repeatMs?: Millis | undefined
  /** Watched time after an alert during which a new episode of the same class raises none. */
  readonly sameClassGapMs?: Millis | undefined
}
