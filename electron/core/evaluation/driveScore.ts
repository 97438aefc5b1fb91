import type { Millis, ViewStats } from '../frame.ts'
import { SAFE_CLASS } from '../labels.ts'
import type { ClassId } from '../labels.ts'
import { LatencyHistogram } from './latency.ts'
import { initialMonitor, step } from '../monitor/monitor.ts'
import type { MonitorState } from '../monitor/monitorState.ts'
import type { Prediction } from '../prediction.ts'
import type { Preset } from '../monitor/preset.ts'

/** From here on an unsafe stretch must be found. Euro NCAP Safe Driving v10.4: long distraction. */
const EPISODE_MS: Millis = 3000

const HOUR_MS: Millis = 3_600_000

/** One judged frame of a drive whose truth is known. */
export interface TruthFrame {
  readonly tMs: Millis
  readonly prediction: Prediction
  readonly view: ViewStats
  readonly truth: ClassId
}

/** An unsafe episode without a single alert. */
export interface MissedEpisode {
  readonly drive: string
  readonly class: ClassId
  readonly fromMs: Millis
  readonly toMs: Millis
}

/** What one preset made of drives with known truth. */
export interface DriveScore {
  readonly preset: string
  readonly drives: number
  /** Stretches of one unsafe class, 3 s or longer. */
  readonly episodes: number
  /** Those with an alert of any level before their end. */
  readonly found: number
  readonly missed: readonly MissedEpisode[]
  /** From the start of an episode to its first alert; more than 10 s count as 10 s. */
  readonly delayMs: { readonly p50: Millis | undefined; readonly p95: Millis | undefined }
  /** Safe driving in all. */
  readonly safeMs: Millis
  /** Alerts that spoke during safe driving, each counted once from its rise to its clearing. */
  readonly falseAlerts: number
  /** Undefined without safe driving. */
  readonly falseAlertsPerHour: number | undefined
  /** Share of frames, 0 to 1, in which the monitor was unsure, and in which it was blind. */
  readonly unsureShare: number
  readonly blindShare: number
  /** Share of unsafe frames, 0 to 1, that the monitor called safe. */
  readonly allClearShare: number
}

/** A stretch of one true class. */
interface Segment {
  readonly class: ClassId
  readonly fromMs: Millis
  /** Until then an alert still answers the unsafe stretch before. */
  readonly answeredMs: Millis
  readonly firstAlertMs: Millis | undefined
}

/**
 * Runs one preset over drives with known truth and compares, in constant memory. Call `startDrive`,
 * then `frame` for each frame in the order of time, and `score` after the last.
 *
 * An alert during safe driving is false unless an unsafe stretch ended less than the preset's own
 * `clearMs` ago: for so long the preset does not take the driver's attention for a return.
 */
export class DriveScorer {
  readonly #preset: Preset
  readonly #periodMs: Millis
  readonly #delays = new LatencyHistogram()
  readonly #missed: MissedEpisode[] = []
  #state: MonitorState
  #drive = ''
  #segment: Segment | undefined
  #lastMs: Millis = 0
  /** The alert that is up has been counted as false. */
  #counted = false
  #drives = 0
  #episodes = 0
  #safeMs: Millis = 0
  #falseAlerts = 0
  #frames = 0
  #unsure = 0
  #blind = 0
  #unsafe = 0
  #allClear = 0

  /** @param periodMs time between two frames: what the last frame of a drive stands for */
  constructor(preset: Preset, periodMs: Millis) {
    this.#preset = preset
    this.#periodMs = periodMs
    this.#state = initialMonitor(preset)
  }

  /** Another driver: the monitor begins afresh. */
  startDrive(label: string): void {
    this.#endDrive()
    this.#drive = label
    this.#drives += 1
    this.#counted = false
    this.#state = initialMonitor(this.#preset)
  }

  frame({ tMs, prediction, view, truth }: TruthFrame): void {
    const segment = this.#enter(truth, tMs)
    const { state, events } = step(this.#preset, this.#state, {
      kind: 'frame',
      tMs,
      prediction,
      view,
    })
    this.#state = state
    this.#lastMs = tMs
    const alerts = events.filter(({ kind }) => kind === 'alert')
    if (alerts.length > 0) this.#alert(segment, tMs)
    if (state.alert === undefined) this.#counted = false
    this.#count(truth)
  }

  /** Ends the drive under way. */
  score(): DriveScore {
    this.#endDrive()
    const delayMs = {
      p50: this.#delays.percentile(0.5),
      p95: this.#delays.percentile(0.95),
    }
    return {
      preset: this.#preset.id,
      drives: this.#drives,
      episodes: this.#episodes,
      found: this.#episodes - this.#missed.length,
      missed: this.#missed,
      delayMs,
      safeMs: this.#safeMs,
      falseAlerts: this.#falseAlerts,
      falseAlertsPerHour:
        this.#safeMs === 0 ? undefined : (this.#falseAlerts * HOUR_MS) / this.#safeMs,
      unsureShare: this.#unsure / Math.max(1, this.#frames),
      blindShare: this.#blind / Math.max(1, this.#frames),
      allClearShare: this.#allClear / Math.max(1, this.#unsafe),
    }
  }

  #enter(truth: ClassId, tMs: Millis): Segment {
    const before = this.#segment
    if (before?.class === truth) return before
    this.#endSegment(tMs)
    const answeredMs = before === undefined ? tMs : tMs + this.#preset.clearMs
    this.#segment = { class: truth, fromMs: tMs, answeredMs, firstAlertMs: undefined }
    return this.#segment
  }

  #alert(segment: Segment, tMs: Millis): void {
    this.#segment = { ...segment, firstAlertMs: segment.firstAlertMs ?? tMs }
    if (segment.class !== SAFE_CLASS || tMs < segment.answeredMs || this.#counted) return
    this.#falseAlerts += 1
    this.#counted = true
  }

  #count(truth: ClassId): void {
    const { driver } = this.#state
    this.#frames += 1
    if (driver === 'unsure') this.#unsure += 1
    if (driver === 'blind') this.#blind += 1
    if (truth === SAFE_CLASS) return
    this.#unsafe += 1
    if (driver === 'safe') this.#allClear += 1
  }

  #endDrive(): void {
    this.#endSegment(this.#lastMs + this.#periodMs)
    this.#segment = undefined
  }

  #endSegment(toMs: Millis): void {
    if (this.#segment === undefined) return
    const { class: id, fromMs, firstAlertMs } = this.#segment
    if (id === SAFE_CLASS) this.#safeMs += toMs - fromMs
    else if (toMs - fromMs >= EPISODE_MS) {
      this.#episodes += 1
      if (firstAlertMs !== undefined) this.#delays.add(firstAlertMs - fromMs)
      else this.#missed.push({ drive: this.#drive, class: id, fromMs, toMs })
    }
  }
}
