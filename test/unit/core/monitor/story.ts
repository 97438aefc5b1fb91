import type { MonitorEvent } from '../../../../electron/core/monitor/events.ts'
import type { ViewStats } from '../../../../electron/core/frame.ts'
import { CLASSES } from '../../../../electron/core/labels.ts'
import type { ClassId } from '../../../../electron/core/labels.ts'
import { initialMonitor, step } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorInput } from '../../../../electron/core/monitor/monitor.ts'
import type { MonitorState } from '../../../../electron/core/monitor/monitorState.ts'
import type { Prediction } from '../../../../electron/core/prediction.ts'
import type { Preset } from '../../../../electron/core/monitor/preset.ts'
import { status } from '../../../../electron/core/monitor/status.ts'
import type { MonitorStatus } from '../../../../electron/core/monitor/status.ts'

/** What a State Farm picture looks like to the camera check. */
export const CLEAR: ViewStats = { meanLuma: 95, stdLuma: 60, saturated: 0.02, changeFromLast: 4 }
export const COVERED: ViewStats = { meanLuma: 40, stdLuma: 2, saturated: 0, changeFromLast: 0.4 }
export const DARK: ViewStats = { meanLuma: 9, stdLuma: 10, saturated: 0, changeFromLast: 0.5 }
export const GLARE: ViewStats = { meanLuma: 235, stdLuma: 40, saturated: 0.8, changeFromLast: 3 }
export const FROZEN: ViewStats = { ...CLEAR, changeFromLast: 0 }
/** Infrared at night: little light, but the driver stands out. */
export const NIGHT: ViewStats = { meanLuma: 18, stdLuma: 32, saturated: 0, changeFromLast: 1 }

/** All folds agree: `share` on the one class, the rest spread evenly. */
export function sure(id: ClassId, share = 0.98): number[] {
  const rest = (1 - share) / (CLASSES.length - 1)
  return CLASSES.map((each) => (each === id ? share : rest))
}

/** Knows nothing. */
export const UNIFORM: readonly number[] = CLASSES.map(() => 0.1)

/** The prediction of folds that give these vectors, combined by their mean. */
export function predict(...folds: readonly (readonly number[])[]): Prediction {
  const probabilities = CLASSES.map(
    (_, i) => folds.reduce((sum, fold) => sum + (fold[i] ?? 0), 0) / folds.length,
  )
  const distance = (fold: readonly number[]): number =>
    probabilities.reduce((sum, p, i) => sum + Math.abs(p - (fold[i] ?? 0)), 0) / 2
  const best = probabilities.indexOf(Math.max(...probabilities))
  return {
    seq: 0,
    tMs: 0,
    probabilities,
    top: CLASSES[best] ?? 'c0',
    folds,
    disagreement: folds.reduce((sum, fold) => sum + distance(fold), 0) / folds.length,
    entropy:
      probabilities.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0) / Math.log(10),
  }
}

interface Setting {
  readonly fps?: number
  /** Undefined: unknown. */
  readonly speedKmh?: number | undefined
}

/** A drive told in seconds; every method appends frames and hands back the story. */
export class Story {
  readonly preset: Preset
  readonly inputs: MonitorInput[] = []
  readonly events: MonitorEvent[] = []
  state: MonitorState
  /** Time of the next frame. */
  tMs = 0
  readonly #frameMs: number
  #speedKmh: number | undefined

  constructor(preset: Preset, { fps = 10, speedKmh }: Setting = {}) {
    this.preset = preset
    this.#frameMs = 1000 / fps
    this.#speedKmh = speedKmh
    this.state = initialMonitor(preset)
  }

  safe(seconds: number): this {
    return this.shows(seconds, predict(sure('c0')))
  }

  does(id: ClassId, seconds: number): this {
    return this.shows(seconds, predict(sure(id)))
  }

  /** Frames with this prediction, or alternately with several. */
  shows(seconds: number, ...predictions: readonly Prediction[]): this {
    return this.frames(seconds, CLEAR, ...predictions)
  }

  /** Frames with such a view; without a prediction the ensemble did not judge them. */
  frames(seconds: number, view: ViewStats, ...predictions: readonly Prediction[]): this {
    const endMs = this.tMs + seconds * 1000
    for (let i = 0; this.tMs < endMs - 0.001; i++) {
      const prediction = predictions[i % Math.max(1, predictions.length)]
      this.#input({ kind: 'frame', tMs: this.tMs, prediction, view, speedKmh: this.#speedKmh })
      this.tMs += this.#frameMs
    }
    return this
  }

  /** No frames. */
  away(seconds: number): this {
    this.tMs += seconds * 1000
    return this
  }

  /** The clock ticks, four times a second, without frames. */
  ticks(seconds: number): this {
    const endMs = this.tMs + seconds * 1000
    for (let tMs = this.tMs; tMs <= endMs; tMs += 250) this.#input({ kind: 'gap', tMs })
    this.tMs = endMs
    return this
  }

  /** The source's clock is set to this time. */
  clock(seconds: number): this {
    this.tMs = seconds * 1000
    return this
  }

  speed(kmh: number | undefined): this {
    this.#speedKmh = kmh
    return this
  }

  acknowledge(): this {
    this.#input({ kind: 'acknowledge', tMs: this.tMs })
    return this
  }

  status(): MonitorStatus {
    return status(this.preset, this.state)
  }

  /** `level class rule @seconds` of every alert, and `cleared @seconds`, since that time. */
  alarms(sinceS = 0): string[] {
    return this.events.flatMap((event) => {
      if (event.tMs < sinceS * 1000) return []
      const at = `@${seconds(event.tMs)}`
      if (event.kind === 'alert') return [`${event.level} ${event.class} ${event.rule} ${at}`]
      return event.kind === 'cleared' ? [`cleared ${at}`] : []
    })
  }

  /** `level @seconds` of every alert, and `cleared @seconds`. */
  levels(sinceS = 0): string[] {
    return this.alarms(sinceS).map((alarm) => alarm.replace(/ .* /, ' '))
  }

  /** `code @seconds` of every notice. */
  notices(): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'notice' ? [`${event.problem.code} @${seconds(event.tMs)}`] : [],
    )
  }

  /** `state @seconds`, in turn. */
  states(): string[] {
    return this.events.flatMap((event) =>
      event.kind === 'state-changed' ? [`${event.to} @${seconds(event.tMs)}`] : [],
    )
  }

  #input(input: MonitorInput): void {
    this.inputs.push(input)
    const { state, events } = step(this.preset, this.state, input)
    this.state = state
    this.events.push(...events)
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 10) / 100
}
